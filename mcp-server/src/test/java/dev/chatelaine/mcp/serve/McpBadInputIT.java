package dev.chatelaine.mcp.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.server.HttpLimits;
import dev.chatelaine.mcp.serve.Wire.Stream2024;
import dev.chatelaine.vault.access.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a message is told in a sentence that repeats nothing of it, and costs nothing. */
class McpBadInputIT {
    private static final String CANARY = "canary-7Qm2-message-Zx41";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    @TempDir
    private static Path home;

    private static Served served;
    private static Wire wire;
    private static String token = "";
    private static String session = "";
    private static Stream2024 stream;

    @BeforeAll
    static void start() {
        served = Served.in(home);
        wire = new Wire(served);
        token = served.token("acme", "ada", Role.OWNER);
        session = wire.open(token);
        stream = wire.openStream(token);
        wire.post(stream.messages(), token, Wire.INITIALIZE, Map.of());
        wire.post(stream.messages(), token, Wire.INITIALIZED, Map.of());
    }

    @AfterAll
    static void stop() {
        stream.close();
        served.close();
    }

    /** The same body over both ways in. */
    private static List<HttpResponse<String>> both(byte[] body, Map<String, String> headers) {
        Map<String, String> withSession = new HashMap<>(headers);
        withSession.put("Mcp-Session-Id", session);
        return List.of(wire.post("/mcp", token, body, withSession), wire.post(stream.messages(), token, body, headers));
    }

    private static List<HttpResponse<String>> both(String body) {
        return both(body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    @Test
    void aGoodMessageIsTaken() {
        assertThat(both(PING))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
    }

    static Stream<byte[]> bodies() {
        List<byte[]> bodies = new ArrayList<>();
        for (String text : new String[] {
            "",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + CANARY,
            "null",
            "[]",
            "[" + PING + "]",
            "\"" + CANARY + "\"",
            "{\"" + CANARY + "\":1}",
            PING + " {}",
            "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":{\"" + CANARY + "\":1},\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":\"" + CANARY + "\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"x\":NaN}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"x\":\"\\ud800\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"x\":" + "[".repeat(1000) + "]".repeat(1000) + "}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"x\":" + "{\"a\":".repeat(1000) + "1"
                    + "}".repeat(1001),
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"x\":1" + "0".repeat(5000) + "}",
        }) {
            bodies.add(text.getBytes(StandardCharsets.UTF_8));
        }
        for (byte[] bad : new byte[][] {
            {(byte) 0xff}, {(byte) 0xc0, (byte) 0xaf}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, {(byte) 0xe2}
        }) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping".getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(bad);
            body.writeBytes("\"}".getBytes(StandardCharsets.US_ASCII));
            bodies.add(body.toByteArray());
        }
        bodies.add(PING.getBytes(StandardCharsets.UTF_16));
        return bodies.stream();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void whatIsNoMessageIsRefused(byte[] body) {
        assertThat(both(body, Map.of())).allSatisfy(answer -> {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.body())
                    .startsWith("{\"jsonrpc\":\"2.0\",\"id\":")
                    .contains("\"error\":{")
                    .doesNotContain("canary", "stackTrace", "Exception");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "json"})
    void onlyJsonIsTaken(String type) {
        assertThat(both(PING.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", type)))
                .allSatisfy(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(415);
                    assertThat(answer.body()).contains("\"code\":\"unsupported_media_type\"");
                });
    }

    @Test
    void oneByteTooManyIsTooLongBeforeItIsSent() throws IOException {
        for (String path : new String[] {"/mcp", stream.messages()}) {
            String head = head("POST " + path, "localhost") + "Content-Type: application/json\r\nContent-Length: "
                    + (HttpLimits.LONGEST_BODY + 1) + "\r\n";
            assertThat(ask(head)).startsWith("HTTP/1.1 413 ").contains("body_too_large");
        }
    }

    @Test
    void aStreamedBodyIsCutOffAtOneByteTooMany() throws IOException {
        String body = Integer.toHexString(HttpLimits.LONGEST_BODY + 1) + "\r\n"
                + "x".repeat(HttpLimits.LONGEST_BODY + 1) + "\r\n0\r\n\r\n";
        for (String path : new String[] {"/mcp", stream.messages()}) {
            String head = head("POST " + path, "localhost")
                    + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n";
            assertThat(RawHttp.ask(port(), head, body.getBytes(StandardCharsets.US_ASCII)))
                    .startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void aMessageOfExactlyTheLimitIsRead() {
        String start = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"x\":\"";
        String body = start + "x".repeat(HttpLimits.LONGEST_BODY - start.length() - 2) + "\"}";

        assertThat(both(body))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /mcp",
                "PATCH /mcp",
                "OPTIONS /mcp",
                "TRACE /mcp",
                "POST /sse",
                "HEAD /sse",
                "TRACE /sse",
                "GET /messages",
                "DELETE /messages",
                "TRACE /messages"
            })
    void aMethodThatATransportLacksIsNotTriedOnIt(String request) throws IOException {
        assertThat(ask(head(request, "localhost")))
                .startsWith("HTTP/1.1 405 ")
                .contains("\r\nAllow: ")
                .doesNotContain(token);
    }

    static Stream<String> requests() {
        return Stream.of(
                "GET /mcp",
                "POST /mcp",
                "DELETE /mcp",
                "GET /sse",
                "POST /messages?sessionId=x",
                "OPTIONS /mcp",
                "GET /mcp upgraded",
                "GET /sse upgraded",
                "POST /messages upgraded");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aForeignHostIsRefused(String request) throws IOException {
        for (String host : new String[] {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80"}) {
            assertThat(ask(upgraded(request, host))).startsWith("HTTP/1.1 403 ").contains("host_refused");
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aForeignOriginIsRefused(String request) throws IOException {
        for (String origin : new String[] {"https://evil.example", "null", "http://localhost.evil.example"}) {
            assertThat(ask(upgraded(request, "localhost") + "Origin: " + origin + "\r\n"))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("origin_refused");
        }
    }

    @Test
    void aWebSocketIsNotBegun() throws IOException {
        assertThat(ask(upgraded("GET /mcp upgraded", "localhost"))).startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/healthz/..;/mcp",
                "/mcp;x=1",
                "/mcp/../mcp",
                "/healthz/%2e%2e/mcp",
                "/healthz%2f..%2fmcp",
                "/mcp%00",
                "//mcp",
                "/sse;a",
                "/x/..%2fsse",
                "/sse%00",
                "/messages;sessionId=1",
                "/messages%2f",
                "/mcp/%252e%252e"
            })
    void aPathThatCanBeReadTwoWaysIsRefused(String path) throws IOException {
        assertThat(ask(head("POST " + path, "localhost")))
                .startsWith("HTTP/1.1 400 ")
                .contains("malformed_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp/", "/MCP", "/mcp/x", "/sse/", "/messages/x"})
    void aPathThatIsOnlyLikeATransportsIsNone(String path) throws IOException {
        assertThat(ask(head("GET " + path, "localhost"))).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void aRevisionThatNobodySpeaksIsRefused() {
        assertThat(both(PING.getBytes(StandardCharsets.UTF_8), Map.of("MCP-Protocol-Version", "1999-01-01")))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(400));
        assertThat(both(PING.getBytes(StandardCharsets.UTF_8), Map.of("MCP-Protocol-Version", "2025-06-18")))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
    }

    @Test
    void whatATransportRefusesByItselfTellsNothingOfTheInside() {
        HttpResponse<String> answer = wire.post("/mcp", token, PING, Map.of());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .startsWith("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":")
                .doesNotContain("stackTrace");
    }

    private static int port() {
        return served.service().address().getPort();
    }

    private static String ask(String head) throws IOException {
        return RawHttp.ask(port(), head);
    }

    private static String head(String request, String host) {
        return request + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + token + "\r\n";
    }

    private static String upgraded(String request, String host) {
        if (!request.endsWith(" upgraded")) {
            return head(request, host);
        }
        return head(request.replace(" upgraded", ""), host)
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    }
}
