package dev.chatelaine.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.http.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputIT {
    private static final int LIMIT = HttpLimits.LONGEST_BODY;

    private static TestServer server;
    private static RestClient owner;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        owner = server.owner("acme");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "not json",
                "[]",
                "\"text\"",
                "null",
                "{\"name\":\"a\"} {}",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"name\":\"a\",}",
                "{'name':'a'}",
                "{\"name\":NaN}",
                "\uFEFF{}",
            })
    void whatIsNotOneStrictJsonObjectIsMalformed(String body) {
        Answer answer = owner.post("/api/secrets", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("malformed_json");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void aThousandLevelsAreTooDeep() {
        String deep = "{\"value\":" + "[".repeat(1000) + "]".repeat(1000) + "}";

        assertThat(owner.post("/api/secrets", deep).code()).isEqualTo("malformed_json");
    }

    @Test
    void whatIsNotUtf8IsMalformed() throws IOException {
        for (byte[] bad : new byte[][] {
            {(byte) 0xff},
            {(byte) 0xc0, (byte) 0xaf},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            {(byte) 0xe2, (byte) 0x82}
        }) {
            String before = "{\"name\":\"";
            int length = before.length() + bad.length + 2;
            try (RawConnection connection = server.raw()) {
                String answer = connection
                        .send(post("Content-Length: " + length) + before)
                        .send(bad)
                        .send("\"}")
                        .answer();
                assertThat(RawConnection.status(answer)).isEqualTo(400);
                assertThat(answer).contains("malformed_json");
            }
        }
    }

    @Test
    void everyUnknownFieldIsNamedUnlessItsNameMightBeAnythingElse() {
        Answer answer = owner.post("/api/secrets", "{\"name\":\"a\",\"value\":\"b\",\"colour\":1,\"Sk-Live 4711\":1}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_field");
        assertThat(answer.json().path("errors").findValuesAsString("field")).containsExactly("?", "colour");
        assertThat(answer.all()).doesNotContain("4711");
    }

    @Test
    void aValueInTheQueryIsRefusedAndNotRepeated() {
        Answer answer = owner.post("/api/secrets?value=hunter-two-hunter", "{\"name\":\"in_query\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").findValuesAsString("field")).containsExactly("value");
        assertThat(answer.all()).doesNotContain("hunter");
        assertThat(owner.get("/api/secrets/in_query").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/json; charset=utf-16", "application/x-www-form-urlencoded", "json"})
    void onlyJsonIsTaken(String type) {
        Answer answer = owner.send("POST", "/api/secrets", "{}", Map.of("Content-Type", type));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.code()).isEqualTo("unsupported_media_type");
    }

    @Test
    void jsonMayNameItsCharset() {
        Answer answer =
                owner.send("POST", "/api/secrets", "{}", Map.of("Content-Type", "application/json; charset=UTF-8"));

        assertThat(answer.code()).isEqualTo("invalid_name");
    }

    @Test
    void anAnnouncedBodyOfOneByteTooManyIsRefusedBeforeItIsSent() throws IOException {
        try (RawConnection connection = server.raw()) {
            String answer =
                    connection.send(post("Content-Length: " + (LIMIT + 1))).answer();

            assertThat(RawConnection.status(answer)).isEqualTo(413);
            assertThat(answer).contains("\"code\":\"body_too_large\"", "application/problem+json");
        }
    }

    @Test
    void aStreamedBodyIsCutOffAtOneByteTooMany() throws IOException {
        try (RawConnection connection = server.raw()) {
            connection.send(post("Transfer-Encoding: chunked"));
            byte[] part = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int sent = 0; sent < LIMIT; sent += 0x10000) {
                connection.trySend(part);
            }
            String answer = connection
                    .trySend(new byte[] {'1', '\r', '\n', 'x', '\r', '\n'})
                    .answer();

            assertThat(RawConnection.status(answer)).isEqualTo(413);
        }
    }

    @Test
    void aBodyOfExactlyTheLimitIsRead() {
        String body = "{\"name\":\"big\",\"value\":\"" + "x".repeat(LIMIT - 25) + "\"}";
        assertThat(body).hasSize(LIMIT);

        Answer answer = owner.post("/api/secrets", body);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("value_too_large");
    }

    @Test
    void aBodyOfAnUnknownCallerIsNotReadAtAll() throws IOException {
        try (RawConnection connection = server.raw()) {
            String answer = connection
                    .send("POST /api/secrets HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n")
                    .answer();

            assertThat(RawConnection.status(answer)).isEqualTo(401);
        }
    }

    @Test
    void aHeaderOf64KibibytesIsTooLarge() throws IOException {
        try (RawConnection connection = server.raw()) {
            String answer = connection
                    .send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Long: ")
                    .trySend("x".repeat(64 << 10).getBytes(StandardCharsets.US_ASCII))
                    .trySend(new byte[] {'\r', '\n', '\r', '\n'})
                    .answer();

            assertThat(RawConnection.status(answer)).as(answer).isEqualTo(431);
            assertThat(answer).contains("headers_too_large", "no-store");
        }
    }

    @Test
    void aMethodThatTheResourceLacksIsToldTheOthers() {
        Answer answer = owner.send("PATCH", "/api/secrets/a", "{}", Map.of());

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.code()).isEqualTo("method_not_allowed");
        assertThat(answer.header("Allow")).isEqualTo("DELETE, GET, PUT, HEAD");
    }

    @Test
    void whatIsNotInTheTableIsNotFoundByThoseWhoAreKnown() {
        assertThat(owner.get("/api/nothing").code()).isEqualTo("not_found");
        assertThat(owner.get("/metrics").code()).isEqualTo("not_found");
        assertThat(owner.get("/api/secrets/").code()).isEqualTo("not_found");
        assertThat(new RestClient(server.server().address(), "")
                        .get("/api/nothing")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void twoTokensAreNone() throws IOException {
        try (RawConnection connection = server.raw()) {
            int status = connection
                    .send("GET /api/secrets HTTP/1.1\r\nHost: localhost\r\n")
                    .send("Authorization: Bearer acme:owner\r\nAuthorization: Bearer rival:owner\r\n\r\n")
                    .status();
            assertThat(status).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=201",
                "limit=ten",
                "limit=1&limit=2",
                "include_deleted=yes",
                "cursor=!!",
                "category=x",
                "colour=red",
            })
    void aQueryThatCannotBeUsedIsRefused(String query) {
        Answer answer = owner.get("/api/secrets?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_field");
    }

    @Test
    void aQueryThatIsNotUtf8IsMalformed() {
        assertThat(owner.get("/api/secrets?query=%ff").code()).isEqualTo("malformed_request");
    }

    private static String post(String length) {
        return String.join(
                "\r\n",
                "POST /api/secrets HTTP/1.1",
                "Host: localhost",
                "Authorization: Bearer acme:owner",
                "Content-Type: application/json",
                length,
                "",
                "");
    }
}
