package dev.chatelaine.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RawConnection;
import dev.chatelaine.vault.Canary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plants values in every request that a served instance takes and in many that it does not, and searches all that came
 * out of it: answers with their headers, what the process said, metrics, audit rows, the vault's files byte by byte, the
 * temporary folder. The provider behind it says aloud whatever key it is sent.
 */
class HttpCanaryIT {
    private static final Canary KEY = new Canary("sk-proj-Kanarienvogel0815Kanarienvogel4711Kanarienvogel");
    private static final Canary VALUE = new Canary("canary+0b5c7d2e/Zz9&flies~over=the%sea");
    private static final String HINT = "9f2c";
    private static final String INITIALIZE =
            "{'jsonrpc':'2.0','id':1,'method':'initialize','params':{'protocolVersion':'2025-06-18',"
                    + "'capabilities':{},'clientInfo':{'name':'t','version':'1'}}}";
    private static final String READY = "{'jsonrpc':'2.0','method':'notifications/initialized'}";

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private final PlantedRequests requests = new PlantedRequests(KEY.value() + HINT, VALUE.value() + HINT);
    private EchoProvider provider;
    private ServerProcess server;
    private URI address;
    private URI metrics;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(folder.resolve("tmp"));
        provider = new EchoProvider();
        run("tenant", "create", "acme", "--plan", "pro");
        run("tenant", "create", "rival", "--plan", "pro");
        server = process(provider.settings(folder), "serve", "--port", "0", "--metrics-port", "0");
        address = server.announced("Chatelaine serves at ");
        metrics = server.announced("  metrics  ");
    }

    @AfterEach
    void stop() {
        server.close();
        provider.close();
    }

    @Test
    void noValueIsFoundInAnythingThatAServedInstanceSaysOrWrites() throws Exception {
        String owner = token("acme", "owner");
        send(overRest(owner, token("acme", "viewer"), token("rival", "owner")));
        send(overMcp(owner));
        overSse(owner);
        send(requests.tooMuch(owner));
        send(requests.withBadTokens());
        send(List.of(requests.message("/api/v1/audit", owner, "", "").replace("POST", "GET")));
        said.add(get(metrics));
        assertThat(String.join("\n", said))
                .contains("\"code\":\"value_in_wrong_field\"", "\"malformed_json\"", "\"host_refused\"")
                .contains("\"origin_refused\"", "\"token_invalid\"", "\"permission_denied\"", "\"secret_exists\"")
                .contains("\"status\":\"invalid\"", "\"action\":\"secret.create\"", "chatelaine_http_requests_total")
                .contains(" 200 ", " 201 ", " 400 ", " 401 ", " 403 ", " 404 ", " 413 ", " 414 ", " 415 ", " 431 ");
        assertNowhere();

        breakTheVault();
        send(requests.to("PUT", "/api/secrets/{name}", "other", owner));
        send(List.of(message("/mcp", owner, session(owner), "manage_secrets", PlantedCalls.SECRETS.get(1))));
        assertThat(said).anyMatch(answer -> answer.contains("\"vault_unavailable\""));
        server.terminate();
        server.exitCode(30);
        said.addAll(server.rest());
        said.add(server.standardError());
        assertThat(server.standardError()).contains("route=/api/secrets", "route=/mcp", "request failed");
        assertNowhere();
    }

    @Test
    void noTokenIsFoundInWhatIsSaidOfAProviderThatCannotBeReached() {
        server.terminate();
        server.exitCode(30);
        server = process(
                Map.of("CHATELAINE_ISSUER", "http://127.0.0.1:1", "CHATELAINE_PUBLIC_URL", "https://vault.example.com"),
                "serve",
                "--port",
                "0");
        address = server.announced("Chatelaine serves at ");
        send(requests.withBadTokens());
        assertThat(said).anyMatch(answer -> answer.contains("\"issuer_unavailable\""));
        server.terminate();
        server.exitCode(30);
        said.add(server.standardError());
        assertNowhere();
    }

    private List<String> overRest(String owner, String viewer, String rival) throws IOException {
        List<String> all = new ArrayList<>();
        JsonNode paths = JsonMapper.shared()
                .readTree(get(address.resolve("/openapi.json")))
                .path("paths");
        for (String name : List.of("other", "provider_key_openai")) {
            paths.forEachEntry((template, item) -> item.forEachEntry((method, operation) -> {
                if (operation.has("operationId")) {
                    String verb = method.toUpperCase(Locale.ROOT);
                    all.addAll(requests.to(verb, template, name, owner));
                    all.add(requests.to(verb, template, name, viewer).get(0));
                    all.add(requests.to(verb, template, name, rival).get(0));
                }
            }));
        }
        assertThat(all).hasSizeGreaterThan(1_000);
        return all;
    }

    private List<String> overMcp(String owner) {
        String session = session(owner);
        List<String> all = new ArrayList<>(toolCalls("/mcp", owner, session));
        all.add(message("/mcp", owner, session, "list_byok_providers", "{'%s':1}"));
        all.add(message("/mcp", owner, session, "list_byok_providers", "{}"));
        all.add(message("/mcp", owner, session, "no_such_tool", "{'value':'%s'}"));
        for (String path : List.of("/mcp", "/messages?sessionId=" + session, "/messages", "/sse")) {
            Stream.of(
                            "VALUE",
                            "{'value':'VALUE'",
                            "['VALUE']",
                            "{'method':'VALUE'}",
                            "{'jsonrpc':'2.0','method':'KEY','id':7}")
                    .forEach(body -> all.add(requests.message(path, owner, session, body)));
        }
        all.add(requests.message("/mcp", owner, "VALUE", "{}"));
        return all;
    }

    private void overSse(String owner) throws IOException, InterruptedException {
        try (SseStream stream = new SseStream(address, owner)) {
            String messages = stream.next();
            send(List.of(
                    requests.message(messages, owner, "", INITIALIZE), requests.message(messages, owner, "", READY)));
            List<String> calls = toolCalls(messages, owner, "");
            send(calls);
            said.addAll(stream.next(1 + calls.size()));
        }
    }

    private List<String> toolCalls(String path, String owner, String session) {
        Stream<String> secrets = Stream.of(PlantedCalls.SECRETS, PlantedCalls.SECRETS_AFTER)
                .flatMap(List::stream)
                .map(arguments -> message(path, owner, session, "manage_secrets", arguments));
        Stream<String> configurations = Stream.of(PlantedCalls.CONFIGURATIONS, PlantedCalls.CONFIGURATIONS_AFTER)
                .flatMap(List::stream)
                .map(arguments -> message(path, owner, session, "configure_llm", arguments));
        return Stream.concat(secrets, configurations).toList();
    }

    private String session(String token) {
        String answer = answer(requests.message("/mcp", token, "", INITIALIZE));
        return answer.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("mcp-session-id: "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer))
                .substring("mcp-session-id: ".length());
    }

    private String message(String path, String token, String session, String tool, String arguments) {
        String planted =
                arguments.replace("sk-%s", "KEY").replace("gsk_%s", "gsk_VALUE").replace("%s", "VALUE");
        return requests.message(
                path,
                token,
                session,
                "{'jsonrpc':'2.0','id':2,'method':'tools/call','params':{'name':'" + tool + "','arguments':" + planted
                        + "}}");
    }

    private void send(List<String> all) {
        all.forEach(request -> said.add(answer(request)));
    }

    private String answer(String request) {
        try (RawConnection connection = new RawConnection(address.getPort())) {
            return connection
                    .trySend(request.getBytes(StandardCharsets.ISO_8859_1))
                    .answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String get(URI page) throws IOException {
        URI whole = page.getPath().isEmpty() ? page.resolve("/metrics") : page;
        try (var answer = whole.toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void breakTheVault() throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("home/chatelaine.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=30000");
            statement.execute("DROP TABLE secret_versions");
        }
    }

    private void assertNowhere() {
        for (Canary canary : List.of(KEY, VALUE)) {
            Stream.concat(said.stream(), server.standardError().lines())
                    .forEach(text -> assertThat(canary.foundIn(text)).as(text).isEmpty());
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.filter(Files::isRegularFile)
                                .filter(file -> !canary.foundIn(bytes(file)).isEmpty()))
                        .isEmpty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String token(String tenant, String role) {
        return run("--tenant", tenant, "token", "--subject", role, "--role", role);
    }

    private String run(String... arguments) {
        try (ServerProcess process = process(Map.of(), arguments)) {
            assertThat(process.exitCode(60)).as(process.standardError()).isZero();
            return String.join("\n", process.rest());
        }
    }

    private ServerProcess process(Map<String, String> environment, String... arguments) {
        return ServerProcess.start(
                folder.resolve("home"),
                new HashMap<>(environment),
                List.of("-Djava.io.tmpdir=" + folder.resolve("tmp")),
                arguments);
    }
}
