package dev.chatelaine.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.ChildJvm;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitUrlRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitationCompleteNotification;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A person enters values on the page of a real process, whose host is the SDK's own client. */
class EntryPageIT {
    private static final String TYPED = "what-a-person-typed-on-the-page";
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

    @TempDir
    Path home;

    private final HttpClient browser = HttpClient.newHttpClient();
    private final List<ProgressNotification> progress = new CopyOnWriteArrayList<>();
    private final List<ElicitationCompleteNotification> completed = new CopyOnWriteArrayList<>();
    private final List<ElicitUrlRequest> asked = new CopyOnWriteArrayList<>();

    @Test
    void aHostWithoutElicitationGetsTheLinkAndGetTellsWhenItIsDone() throws Exception {
        try (McpSyncClient host = host(Map.of(), null)) {
            URI page = link(call(host, "manage_secrets", Map.of("action", "create", "name", "db")));
            assertThat(failed(call(host, "manage_secrets", Map.of("action", "get", "name", "db"))))
                    .contains("secret_not_found");

            assertThat(entered(page, TYPED).statusCode()).isEqualTo(200);

            CallToolResult got = call(host, "manage_secrets", Map.of("action", "get", "name", "db"));
            assertThat(got.isError()).isFalse();
            assertThat(got.toString()).contains("hint=page").doesNotContain(TYPED);
            assertThat(entered(page, "once more").statusCode()).isEqualTo(410);
        }
    }

    @Test
    void aHostThatShowsPagesWaitsForThePerson() throws Exception {
        try (McpSyncClient host = host(Map.of(), answering(ElicitResult.Action.ACCEPT))) {
            CompletableFuture<CallToolResult> waiting =
                    calling(host, "manage_secrets", Map.of("action", "create", "name", "db"));
            ElicitUrlRequest request = elicited();
            assertThat(request.message()).contains("db", "tenant local");
            assertThat(request.elicitationId()).startsWith("etk_");

            entered(URI.create(request.url()), TYPED);

            CallToolResult stored = waiting.get();
            assertThat(stored.isError()).isFalse();
            assertThat(stored.structuredContent().toString()).contains("action=create", "name=db", "hint=page");
            assertThat(stored.toString()).doesNotContain(TYPED);
            until(() -> completed.equals(List.of(new ElicitationCompleteNotification(request.elicitationId()))));
        }
    }

    @Test
    void aVersionAndAKeyAreEnteredInTheSameWay() throws Exception {
        try (McpSyncClient host = host(Map.of(), answering(ElicitResult.Action.ACCEPT))) {
            call(host, "manage_secrets", Map.of("action", "create", "name", "db", "value", "from the assistant"));
            CompletableFuture<CallToolResult> update =
                    calling(host, "manage_secrets", Map.of("action", "update", "name", "db"));
            entered(URI.create(elicited().url()), TYPED);
            assertThat(update.get().structuredContent().toString()).contains("action=update", "version=2");

            call(
                    host,
                    "configure_llm",
                    Map.of("action", "create", "name", "chat", "provider", "openai", "model", "gpt-4.1-mini"));
            asked.clear();
            CompletableFuture<CallToolResult> setKey =
                    calling(host, "configure_llm", Map.of("action", "set_key", "name", "chat"));
            entered(URI.create(elicited().url()), "sk-abcdefghijklmnopqrstuvwxyz");
            assertThat(setKey.get().structuredContent().toString()).contains("action=set_key", "has_key=true");
        }
    }

    @Test
    void whileItWaitsProgressIsReportedToAHostThatAskedForIt() throws Exception {
        try (McpSyncClient host = host(Map.of(), answering(ElicitResult.Action.ACCEPT))) {
            CompletableFuture<CallToolResult> waiting =
                    CompletableFuture.supplyAsync(() -> host.callTool(CallToolRequest.builder("manage_secrets")
                            .arguments(Map.of("action", "create", "name", "db"))
                            .progressToken("waiting")
                            .build()));
            ElicitUrlRequest request = elicited();
            until(() -> progress.size() >= 2);
            entered(URI.create(request.url()), TYPED);

            assertThat(waiting.get().isError()).isFalse();
            assertThat(progress).allSatisfy(report -> {
                assertThat(report.progressToken()).isEqualTo("waiting");
                assertThat(report.message()).contains("db");
            });
            assertThat(progress).extracting(ProgressNotification::progress).isSorted();
        }
    }

    @Test
    void whatThePersonDeclinesOrCancelsIsNotStoredAndItsPageIsOfNoUse() throws Exception {
        for (ElicitResult.Action no : List.of(ElicitResult.Action.DECLINE, ElicitResult.Action.CANCEL)) {
            asked.clear();
            try (McpSyncClient host = host(Map.of(), answering(no))) {
                assertThat(failed(call(host, "manage_secrets", Map.of("action", "create", "name", "db"))))
                        .contains("entry_declined");
                assertThat(entered(URI.create(elicited().url()), TYPED).statusCode())
                        .isEqualTo(410);
                assertThat(failed(call(host, "manage_secrets", Map.of("action", "get", "name", "db"))))
                        .contains("secret_not_found");
            }
        }
    }

    @Test
    void aHostThatFailsToAskGetsTheLink() throws Exception {
        Function<ElicitUrlRequest, ElicitResult> broken = request -> {
            asked.add(request);
            throw new IllegalStateException("no browser here");
        };
        try (McpSyncClient host = host(Map.of(), broken)) {
            URI page = link(call(host, "manage_secrets", Map.of("action", "create", "name", "db")));
            assertThat(entered(page, TYPED).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aDeniedValueIsNotStoredAndThePageIsOffered() throws Exception {
        try (McpSyncClient host = host(Map.of("CHATELAINE_INLINE_VALUES", "deny"), null)) {
            String refusal = failed(call(
                    host, "manage_secrets", Map.of("action", "create", "name", "db", "value", "from the assistant")));
            assertThat(refusal).contains("inline_value_denied").doesNotContain("from the assistant");
            Matcher page = Pattern.compile("next=(http://[^,}]+)").matcher(refusal);
            assertThat(page.find()).isTrue();
            assertThat(entered(URI.create(page.group(1)), TYPED).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void thePageHasNothingElseAndAnswersToThisMachineAlone() throws Exception {
        try (McpSyncClient host = host(Map.of(), null)) {
            URI page = link(call(host, "manage_secrets", Map.of("action", "create", "name", "db")));
            assertThat(page.getHost()).isEqualTo("127.0.0.1");
            for (String other : List.of("/", "/api/secrets", "/console", "/mcp", "/healthz", "/openapi.json")) {
                assertThat(get(page.resolve(other)).statusCode()).as(other).isEqualTo(404);
            }
            assertThat(get(page.resolve("/entry/" + "x".repeat(43))).statusCode())
                    .isEqualTo(410);
            assertThat(get(page.resolve("/entry/files/entry.js")).statusCode()).isEqualTo(200);
            assertThat(statusUnderHost(page, "evil.example.com")).isEqualTo(403);
            HttpResponse<String> shown = get(page);
            assertThat(shown.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"));
            assertThat(shown.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(shown.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
        }
    }

    @Test
    void badFormsChangeNothingAndLeaveThePageGood() throws Exception {
        try (McpSyncClient host = host(Map.of(), null)) {
            URI page = link(call(host, "manage_secrets", Map.of("action", "create", "name", "db")));
            String token = token(page);
            String value = "value=" + TYPED + "&token=";
            assertThat(post(page, value + "wrong", null).statusCode()).isEqualTo(403);
            assertThat(post(page, "value=" + TYPED, null).statusCode()).isEqualTo(403);
            assertThat(post(page, value + token, "https://evil.example.com").statusCode())
                    .isEqualTo(403);
            assertThat(post(page, value + token, "null").statusCode()).isEqualTo(403);
            assertThat(post(page, "value=&token=" + token, null).statusCode()).isEqualTo(400);
            assertThat(post(page, "value=+%0A+&token=" + token, null).statusCode())
                    .isEqualTo(400);
            assertThat(post(page, "value=****&token=" + token, null).statusCode())
                    .isEqualTo(400);
            assertThat(post(page, "value=%ff&token=" + token, null).statusCode())
                    .isEqualTo(400);
            assertThat(post(page, "value=" + "v".repeat(65_537) + "&token=" + token, null)
                            .statusCode())
                    .isEqualTo(413);
            for (int i = 0; i < 3; i++) {
                assertThat(get(page).statusCode()).isEqualTo(200);
            }
            HttpResponse<String> refused = post(page, "value=****&token=" + token, null);
            assertThat(refused.body()).contains("only a mask").contains("name=\"token\"");

            assertThat(post(page, value + token, page.resolve("/").toString().replaceAll("/$", ""))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void namesOfHostsAndDescriptionsAreShownAsTheyAreAndRunNothing() throws Exception {
        String name = "<script>alert(1)</script> \"'&";
        try (McpSyncClient host = host(Map.of(), null, name)) {
            URI page = link(call(host, "manage_secrets", Map.of("action", "create", "name", "db")));
            assertThat(get(page).body())
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                    .doesNotContain("<script>alert");
        }
    }

    @Test
    void thePageEndsWithItsHostAndTheTicketWithIt() throws Exception {
        URI page;
        try (McpSyncClient host = host(Map.of(), null)) {
            page = link(call(host, "manage_secrets", Map.of("action", "create", "name", "db")));
            assertThat(get(page).statusCode()).isEqualTo(200);
        }
        URI gone = page;
        until(() -> refusesConnections(gone));
        until(() -> ticketStates().equals(List.of("declined")));
    }

    private List<String> ticketStates() {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("chatelaine.db"));
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("SELECT state FROM entry_tickets")) {
            List<String> states = new ArrayList<>();
            while (rows.next()) {
                states.add(rows.getString(1));
            }
            return states;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean refusesConnections(URI page) {
        try {
            get(page);
            return false;
        } catch (ConnectException e) {
            return true;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private Function<ElicitUrlRequest, ElicitResult> answering(ElicitResult.Action action) {
        return request -> {
            asked.add(request);
            return ElicitResult.builder(action).build();
        };
    }

    private ElicitUrlRequest elicited() {
        until(() -> !asked.isEmpty());
        return asked.remove(0);
    }

    private static void until(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    private HttpResponse<String> get(URI page) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
    }

    private String token(URI page) throws IOException, InterruptedException {
        Matcher token = TOKEN.matcher(get(page).body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private HttpResponse<String> entered(URI page, String value) throws IOException, InterruptedException {
        HttpResponse<String> form = get(page);
        Matcher token = TOKEN.matcher(form.body());
        return token.find()
                ? post(
                        page,
                        "token=" + token.group(1) + "&value=" + URLEncoder.encode(value, StandardCharsets.UTF_8),
                        null)
                : form;
    }

    private HttpResponse<String> post(URI page, String form, @Nullable String origin)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(page)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        request.header("Origin", origin == null ? page.resolve("/").toString().replaceAll("/$", "") : origin);
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private static int statusUnderHost(URI page, String host) throws IOException {
        try (Socket socket = new Socket(page.getHost(), page.getPort())) {
            String request =
                    "GET " + page.getRawPath() + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }

    private static URI link(CallToolResult result) {
        assertThat(result.isError()).as("%s", result).isFalse();
        Matcher url = Pattern.compile("entry=\\{url=([^,]+), expires_at=")
                .matcher(String.valueOf(result.structuredContent()));
        assertThat(url.find()).as("%s", result).isTrue();
        return URI.create(url.group(1));
    }

    private static String failed(CallToolResult result) {
        assertThat(result.isError()).as("%s", result).isTrue();
        return String.valueOf(result.structuredContent());
    }

    private static CompletableFuture<CallToolResult> calling(
            McpSyncClient host, String tool, Map<String, Object> arguments) {
        return CompletableFuture.supplyAsync(() -> call(host, tool, arguments));
    }

    private static CallToolResult call(McpSyncClient host, String tool, Map<String, Object> arguments) {
        return host.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private McpSyncClient host(
            Map<String, String> environment, @Nullable Function<ElicitUrlRequest, ElicitResult> elicitation) {
        return host(environment, elicitation, "it");
    }

    private McpSyncClient host(
            Map<String, String> environment,
            @Nullable Function<ElicitUrlRequest, ElicitResult> elicitation,
            String name) {
        ServerParameters server = ServerParameters.builder(ChildJvm.java())
                .args(ChildJvm.arguments("dev.chatelaine.mcp.Main", "stdio"))
                .addEnvVar("CHATELAINE_HOME", home.toString())
                .env(environment)
                .build();
        McpClient.SyncSpec client = McpClient.sync(
                        new StdioClientTransport(server, new JacksonMcpJsonMapper(JsonMapper.shared())))
                .clientInfo(Implementation.builder(name, "1").build())
                .requestTimeout(Duration.ofSeconds(90))
                .initializationTimeout(Duration.ofSeconds(60))
                .progressConsumer(progress::add)
                .elicitationCompleteConsumer(completed::add)
                .enableCallToolSchemaCaching(true);
        if (elicitation != null) {
            client.capabilities(ClientCapabilities.builder()
                            .elicitation(false, true)
                            .build())
                    .urlElicitation(elicitation);
        }
        McpSyncClient made = client.build();
        made.initialize();
        made.listTools();
        return made;
    }
}
