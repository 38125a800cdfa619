package dev.chatelaine.mcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.mcp.serve.HttpService;
import dev.chatelaine.mcp.serve.Listening;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The command beside an instance that is serving. */
class TokenKeysIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";

    @TempDir
    private Path folder;

    private Shell shell;
    private HttpService service;

    @BeforeEach
    void start() {
        shell = new Shell(folder);
        does("tenant", "create", "acme");
        Settings settings = new Settings(Map.of(), shell.environment, "Linux", folder);
        service = HttpService.start(
                settings, new Listening("127.0.0.1", 0, null, null), Clock.systemUTC(), new SecureRandom());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private String does(String... arguments) {
        assertThat(shell.run(arguments)).as(shell.err()).isZero();
        return shell.out().strip();
    }

    private String token() {
        return does("token", "--tenant", "acme", "--subject", "ada", "--role", "member");
    }

    private int status(String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.address() + "/api/secrets"))
                .header("Authorization", "Bearer " + token)
                .build();
        return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
    }

    private HttpResponse<String> message(String token, String session, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.address() + "/mcp"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(body));
        if (!session.isEmpty()) {
            request.header("Mcp-Session-Id", session);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void afterARotationOldAndNewTokensCount() throws Exception {
        String old = token();
        assertThat(status(old)).isEqualTo(200);

        assertThat(does("rotate", "token-keys")).startsWith("Rotated the key that signs tokens: tky_");

        assertThat(status(old)).isEqualTo(200);
        assertThat(status(token())).isEqualTo(200);
    }

    @Test
    void aRevokedTokenIsRefusedAtTheNextRequestAlsoInAnOpenSession() throws Exception {
        String old = token();
        String session = message(old, "", INITIALIZE)
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
        assertThat(message(old, session, LIST).statusCode()).isEqualTo(200);
        does("rotate", "token-keys");
        String second = token();
        assertThat(status(second)).isEqualTo(200);

        does("rotate", "token-keys", "--revoke", "--json");
        JsonNode said = shell.json();

        assertThat(said.path("revoked").booleanValue()).isTrue();
        assertThat(status(old)).isEqualTo(401);
        assertThat(status(second)).isEqualTo(401);
        assertThat(message(old, session, LIST).statusCode()).isEqualTo(401);
        String third = token();
        assertThat(status(third)).isEqualTo(200);
        assertThat(message(third, session, LIST).statusCode()).isEqualTo(200);
        assertThat(keysServed()).contains(said.path("key_id").stringValue());
    }

    @Test
    void rotatingAndRevokingAreInTheAuditOfWhoDidIt() throws Exception {
        String admin = does("token", "--tenant", "acme", "--subject", "eve", "--role", "admin", "--json");
        does("--tenant", "acme", "rotate", "token-keys");
        String rotated = audit(shell.json(admin).path("token").stringValue());
        does("--tenant", "acme", "rotate", "token-keys", "--revoke");
        String fresh = does("token", "--tenant", "acme", "--subject", "eve", "--role", "admin");

        assertThat(rotated).contains("\"action\":\"token_key.rotate\"").doesNotContain("token_key.revoke");
        assertThat(audit(fresh)).contains("\"action\":\"token_key.revoke\",\"target\":\"tky_");
        does("audit", "verify");
    }

    @Test
    void nothingIsRotatedWhereNothingMayBeChanged() throws Exception {
        String token = token();
        shell.environment.put("CHATELAINE_READ_ONLY", "true");

        assertThat(shell.run("rotate", "token-keys", "--revoke")).isEqualTo(1);
        assertThat(shell.err()).contains("CHATELAINE_READ_ONLY");
        assertThat(status(token)).isEqualTo(200);
    }

    private String audit(String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.address() + "/api/v1/audit"))
                .header("Authorization", "Bearer " + token)
                .build();
        return CLIENT.send(request, BodyHandlers.ofString()).body();
    }

    private String keysServed() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.address() + "/.well-known/jwks.json"))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString()).body();
    }
}
