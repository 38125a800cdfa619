package dev.chatelaine.http.rest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.chatelaine.gateway.call.Gateway;
import dev.chatelaine.gateway.call.GatewayLimits;
import dev.chatelaine.gateway.upstream.UpstreamClient;
import dev.chatelaine.gateway.upstream.UpstreamLimits;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.console.ConsoleCookies;
import dev.chatelaine.http.console.ConsoleRoutes;
import dev.chatelaine.http.gateway.GatewayRoutes;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.provider.PrivateEndpoints;
import dev.chatelaine.vault.verify.HostResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
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
import tools.jackson.databind.node.ObjectNode;

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

        try (Gateways gateways = new Gateways();
                TestServer server = withConsole(gateways)) {
            assertThat(described)
                    .containsExactlyInAnyOrderElementsOf(
                            server.routes().stream().map(OpenApiTest::named).toList());
        }
    }

    /** The schema is the OpenAPI Initiative's own, as openapi-parser's jar carries it. */
    @Test
    void conformsToTheOfficialSchemaOfOpenApi31() {
        String official = "https://spec.openapis.org/oas/";
        Schema schema = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder -> builder.schemas(
                                id -> id.startsWith(official) ? resource(id.substring(official.length())) : null))
                .getSchema(SchemaLocation.of(official + "3.1/schema-base/2025-09-15"));

        assertThat(schema.validate(document)).isEmpty();
        ObjectNode broken = (ObjectNode) document.deepCopy();
        ((ObjectNode) broken.at("/components/schemas/Secret")).put("type", "thing");
        assertThat(schema.validate(broken)).isNotEmpty();
        assertThat(schema.validate(document.deepCopy().path("components"))).isNotEmpty();
    }

    private static String resource(String path) {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("/openapi/" + path)) {
            return new String(requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
                        assertThat(item.has("parameters")).as(path).isEqualTo(path.contains("{")));
    }

    /** Pages are for people; what their scripts call is described like everything else. */
    private static TestServer withConsole(Gateways gateways) {
        return TestServer.start(
                Clock.systemUTC(),
                new TestServer.Parts(
                        server -> Stream.of(console(server), gateways.routes(server))
                                .flatMap(List::stream)
                                .toList(),
                        (vault, simple) -> simple));
    }

    /** A gateway, for its routes. */
    private static final class Gateways implements AutoCloseable {
        private final UpstreamClient client = new UpstreamClient(
                new EndpointPolicy(false, PrivateEndpoints.none()),
                HostResolver.system(),
                UpstreamLimits.DEFAULT,
                Clock.systemUTC());
        private final List<Gateway> open = new ArrayList<>();

        private List<Route> routes(TestServer server) {
            Gateway gateway = new Gateway(
                    server.vault(),
                    Catalog.builtIn(),
                    client,
                    GatewayLimits.DEFAULT,
                    Clock.systemUTC(),
                    new SecureRandom());
            open.add(gateway);
            return GatewayRoutes.of(gateway, server.vault().gatewayKeys(), credentials -> {
                throw new AssertionError("nobody calls");
            });
        }

        @Override
        public void close() {
            open.forEach(Gateway::close);
        }
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
