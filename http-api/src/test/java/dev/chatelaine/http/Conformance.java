package dev.chatelaine.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.http.rest.OpenApiTexts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds answers against what {@code /openapi.json} says of them: a status that the operation lists, of the media type that
 * it lists, with a body that an independent validator finds to conform. An error of any other path is a problem all the
 * same.
 */
final class Conformance {
    private static final String ID = "https://chatelaine.test/openapi.json";
    private static final int METHOD_NOT_ALLOWED = 405;

    private static final String TEXT = OpenApiTexts.document();
    private static final JsonNode DOCUMENT = JsonMapper.shared().readTree(TEXT);
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Map.of(ID, TEXT))
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()));

    private Conformance() {}

    static void check(String method, String path, Answer answer) {
        String what = method + " " + path + " gave " + answer.all();
        Optional<String> template = template(path.replaceFirst("\\?.*", ""));
        JsonNode operation = template.map(
                        known -> DOCUMENT.path("paths").path(known).path(name(method)))
                .filter(JsonNode::isObject)
                .orElse(null);
        if (operation == null || answer.status() == METHOD_NOT_ALLOWED) {
            checkProblem(what, answer);
            return;
        }
        String responses = "/paths/" + template.orElseThrow().replace("/", "~1") + "/" + name(method) + "/responses/"
                + answer.status();
        assertThat(DOCUMENT.at(responses).isMissingNode())
                .as("undocumented: " + what)
                .isFalse();
        if (!method.equals("HEAD")) {
            String reference = DOCUMENT.at(responses).path("$ref").asString("#" + responses);
            checkContent(what, answer, reference.substring(1) + "/content");
        }
    }

    private static void checkProblem(String what, Answer answer) {
        if (answer.status() >= 400 && !answer.json().isNull()) {
            assertThat(answer.header("Content-Type")).as(what).isEqualTo("application/problem+json");
            conforms(what, answer, "/components/schemas/Problem");
        }
    }

    private static void checkContent(String what, Answer answer, String content) {
        assertThat(DOCUMENT.at(content).propertyNames()).as(what).containsExactly(answer.header("Content-Type"));
        conforms(what, answer, content + "/" + answer.header("Content-Type").replace("/", "~1") + "/schema");
    }

    private static void conforms(String what, Answer answer, String pointer) {
        Schema schema = REGISTRY.getSchema(SchemaLocation.of(ID + "#" + pointer));
        List<?> faults = schema.validate(answer.json());
        assertThat(faults).as(what).isEmpty();
    }

    private static Optional<String> template(String path) {
        return DOCUMENT.path("paths").propertyNames().stream()
                .filter(template -> matches(template, path))
                .findFirst();
    }

    private static boolean matches(String template, @Nullable String path) {
        String pattern = Pattern.quote(template).replaceAll("\\{[a-z]+}", "\\\\E[^/]+\\\\Q");
        return path != null && path.matches(pattern);
    }

    /** {@code HEAD} is {@code GET} without the body. */
    private static String name(String method) {
        return method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    }
}
