package dev.chatelaine.http.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.console.ConsoleCookies;
import dev.chatelaine.http.console.ConsoleRoutes;
import dev.chatelaine.http.server.Route;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final JsonNode document = JsonMapper.shared().valueToTree(OpenApi.document());

    @Test
    void describesEveryRouteAndNoOther() {
        List<String> described = new ArrayList<>();
        document.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (METHODS.contains(method)) {
                        described.add(method.toUpperCase(Locale.ROOT) + " " + path);
                    }
                }));

        try (TestServer server = withConsole()) {
            assertThat(described)
                    .containsExactlyInAnyOrderElementsOf(
                            server.routes().stream().map(OpenApiTest::named).toList());
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = document.findValuesAsString("$ref");

        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            assertThat(reference).startsWith("#/");
            assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        });
    }

    @Test
    void everyOperationHasItsOwnIdAndItsPathsVariables() {
        List<String> ids = document.path("paths").findValuesAsString("operationId");

        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(20);
        document.path("paths")
                .forEachEntry((path, item) ->
                        assertThat(item.has("parameters")).as(path).isEqualTo(path.contains("{name}")));
    }

    /** Pages are for people; what their scripts call is described like everything else. */
    private static TestServer withConsole() {
        return TestServer.start(
                Clock.systemUTC(), new TestServer.Parts(OpenApiTest::console, (vault, simple) -> simple));
    }

    private static List<Route> console(TestServer test) {
        return Stream.of(
                        ConsoleRoutes.session(test.vault(), new ConsoleCookies(false), Optional.empty(), false),
                        ConsoleRoutes.data(test.vault()))
                .flatMap(List::stream)
                .toList();
    }

    private static String named(Route route) {
        return route.method() + " " + route.template();
    }
}
