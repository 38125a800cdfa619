package dev.chatelaine.http.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.http.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleRoutesIT {
    private static final String ALL = "/v1/tenants/me/secrets";
    private static final String KEY = "sk-proj-" + "b".repeat(48);

    private static TestServer server;
    private static RestClient owner;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        owner = server.owner("acme");
        owner.post(ALL, "{\"name\":\"taken\",\"values\":{\"A\":\"v\"}}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aBundleLivesItsLifeOverRest() {
        Answer created = owner.post(ALL, "{\"name\":\"life\",\"values\":{\"B_TOKEN\":\"hunter-two\",\"A\":\"1\"}}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().propertyNames()).containsExactly("name", "key_names", "created_at");
        assertThat(created.json().path("key_names").toString()).isEqualTo("[\"A\",\"B_TOKEN\"]");

        Answer shown = owner.get(ALL + "/life");
        assertThat(shown.json().propertyNames()).containsExactly("name", "key_names", "created_at", "last_rotated_at");
        assertThat(shown.json().path("last_rotated_at").isNull()).isTrue();

        Answer replaced = owner.put(ALL + "/life", "{\"values\":{\"C\":\"other\"}}");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().propertyNames()).containsExactly("name", "key_names", "last_rotated_at");
        assertThat(replaced.json().path("key_names").toString()).isEqualTo("[\"C\"]");
        assertThat(owner.get(ALL).json().path("bundles").findValuesAsString("name"))
                .contains("life");
        assertThat(owner.get(ALL).all()).doesNotContain("hunter", "other");

        assertThat(owner.delete(ALL + "/life").json().toString()).isEqualTo("{\"status\":\"deleted\"}");
        assertThat(owner.get(ALL + "/life").code()).isEqualTo("bundle_not_found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST||{}|400|invalid_name|name
            POST||{"name":"Big","values":{"A":"v"}}|400|invalid_name|name
            POST||{"name":"-a","values":{"A":"v"}}|400|invalid_name|name
            POST||{"name":7,"values":{"A":"v"}}|400|invalid_field|name
            POST||{"name":"KEY","values":{"A":"v"}}|400|value_in_wrong_field|name
            POST||{"name":"a"}|400|value_required|values
            POST||{"name":"a","values":{}}|400|value_required|values
            POST||{"name":"a","values":[]}|400|invalid_field|values
            POST||{"name":"a","values":"KEY"}|400|invalid_field|values
            POST||{"name":"a","values":{"A":1}}|400|invalid_field|values
            POST||{"name":"a","values":{"A":null}}|400|invalid_field|values
            POST||{"name":"a","values":{"A":{"B":"KEY"}}}|400|invalid_field|values
            POST||{"name":"a","values":{"A":"v","A":"v"}}|400|malformed_json|
            POST||{"name":"a","values":{"A":""}}|400|value_required|values.A
            POST||{"name":"a","values":{"A":"********"}}|400|value_is_mask|values.A
            POST||{"name":"a","values":{"A":"\\ud800"}}|400|invalid_value|values.A
            POST||{"name":"a","values":{"lower":"v"}}|400|invalid_name|values
            POST||{"name":"a","values":{"1A":"v"}}|400|invalid_name|values
            POST||{"name":"a","values":{"KEY":"v"}}|400|invalid_name|values
            POST||{"name":"a","values":{"":"v"}}|400|invalid_name|values
            POST||{"name":"a","values":{"PATH":"v"}}|400|reserved_key_name|values
            POST||{"name":"a","values":{"CHATELAINE_HOME":"v"}}|400|reserved_key_name|values
            POST||{"name":"a","values":{"DYLD_INSERT_LIBRARIES":"v"}}|400|reserved_key_name|values
            POST||{"name":"a","values":{"A":"v"},"value":"KEY"}|400|invalid_field|value
            POST|?name=a|{"name":"a","values":{"A":"v"}}|400|invalid_field|name
            POST||{"name":"taken","values":{"A":"v"}}|409|bundle_exists|name
            PUT|/none|{"values":{"A":"v"}}|404|bundle_not_found|name
            PUT|/taken|{}|400|value_required|values
            PUT|/taken|{"name":"other","values":{"A":"v"}}|400|invalid_field|name
            PUT|/KEY|{"values":{"A":"v"}}|400|value_in_wrong_field|name
            GET|/none||404|bundle_not_found|name
            GET|/No%20ne||400|invalid_name|name
            GET|?limit=1||400|invalid_field|limit
            DELETE|/none||404|bundle_not_found|name
            DELETE|/taken|{"sure":true}|400|invalid_field|sure
            """)
    void badInputIsNamed(
            String method,
            @Nullable String path,
            @Nullable String body,
            int status,
            String code,
            @Nullable String field) {
        String sent = body == null ? "" : body.replace("KEY", KEY);
        Answer answer = owner.send(method, ALL + (path == null ? "" : path.replace("KEY", KEY)), sent, Map.of());

        assertThat(answer.status()).as(answer.all()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        if (field != null) {
            assertThat(answer.json().path("errors").findValuesAsString("field")).containsExactly(field);
        }
        assertThat(answer.all()).doesNotContain(KEY);
    }

    @Test
    void aValueMayHave65536BytesAndNotOneMore() {
        String longest = "\u00e4".repeat(32_768);
        assertThat(owner.post(ALL, bundle("longest", 1, longest)).status()).isEqualTo(201);

        Answer tooLong = owner.put(ALL + "/longest", "{\"values\":{\"A\":\"" + longest + "x\"}}");
        assertThat(tooLong.status()).isEqualTo(400);
        assertThat(tooLong.code()).isEqualTo("value_too_large");
        assertThat(tooLong.json().path("errors").findValuesAsString("field")).containsExactly("values.A");
    }

    @Test
    void fiftyOfTheLongestValuesAreTakenHoweverTheyAreWritten() {
        String escaped = "\\u0078".repeat(65_536);

        assertThat(owner.post(ALL, bundle("fifty", 50, escaped)).status()).isEqualTo(201);
        Answer more = owner.put(ALL + "/fifty", bundle("", 51, "v").replaceFirst("\"name\":\"\",", ""));
        assertThat(more.status()).isEqualTo(400);
        assertThat(more.code()).isEqualTo("too_many_keys");
        assertThat(owner.get(ALL + "/fifty").json().path("key_names")).hasSize(50);
    }

    @Test
    void aLongerBodyThanThatIsNotRead() throws IOException {
        try (RawConnection connection = server.raw()) {
            String answer = connection
                    .send("PUT " + ALL + "/taken HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer acme:owner\r\n"
                            + "Content-Type: application/json\r\nContent-Length: " + (BundleRoutes.LONGEST_BODY + 1)
                            + "\r\n\r\n")
                    .answer();
            assertThat(RawConnection.status(answer)).isEqualTo(413);
            assertThat(answer).contains("body_too_large", "20971520");
        }
    }

    @Test
    @Timeout(60)
    void onlySoManyLongBodiesAreReadAtATime() throws IOException {
        byte[] most = new byte[BundleRoutes.LONGEST_BODY - 1];
        List<RawConnection> held = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                held.add(server.raw().send(announced()).send(most));
            }
            String refused = untilRefused();

            assertThat(refused).contains("Retry-After: ");
        } finally {
            for (RawConnection connection : held) {
                connection.close();
            }
        }
        // Until the server has noticed that they have gone.
        int status = 503;
        while (status == 503) {
            status = owner.put(ALL + "/taken", large()).status();
        }
        assertThat(status).isEqualTo(200);
    }

    /** More than the usual length, and taken. */
    private static String large() {
        return bundle("", 20, "x".repeat(65_000)).replaceFirst("\"name\":\"\",", "");
    }

    /** What was sent last may not be read yet. */
    private String untilRefused() throws IOException {
        while (true) {
            try (RawConnection another = server.raw().send(announced())) {
                String answer = another.answer();
                if (RawConnection.status(answer) == 503) {
                    return answer;
                }
            }
        }
    }

    private static String announced() {
        return "PUT " + ALL + "/taken HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer acme:owner\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + BundleRoutes.LONGEST_BODY + "\r\n\r\n";
    }

    @Test
    void whoOnlySaysHowLongABodyIsKeepsNobodyOut() throws IOException {
        List<RawConnection> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                silent.add(server.raw().send(announced()));
            }
            assertThat(owner.put(ALL + "/taken", large()).status()).isEqualTo(200);
        } finally {
            for (RawConnection connection : silent) {
                connection.close();
            }
        }
    }

    @Test
    void the51stBundleIsOneTooMany() {
        RestClient rival = server.owner("rival");
        for (int i = 1; i <= 50; i++) {
            assertThat(rival.post(ALL, "{\"name\":\"b" + i + "\",\"values\":{\"A\":\"v\"}}")
                            .status())
                    .isEqualTo(201);
        }
        Answer refused = rival.post(ALL, "{\"name\":\"b51\",\"values\":{\"A\":\"v\"}}");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("bundle_quota_exceeded");
        assertThat(rival.get(ALL).json().path("bundles")).hasSize(50);
        assertThat(rival.get(ALL + "/taken").code()).isEqualTo("bundle_not_found");
    }

    @Test
    void thereIsNoVersionThatCouldMatch() {
        Answer answer = owner.send("PUT", ALL + "/taken", "{\"values\":{\"A\":\"v\"}}", Map.of("If-Match", "\"1\""));
        assertThat(answer.status()).isEqualTo(412);
        assertThat(owner.send("PUT", ALL + "/taken", "{\"values\":{\"A\":\"v\"}}", Map.of("If-Match", "*"))
                        .status())
                .isEqualTo(200);
    }

    private static String bundle(String name, int keys, String value) {
        return "{\"name\":\"" + name + "\",\"values\":{"
                + IntStream.range(0, keys)
                        .mapToObj(i -> "\"" + (i == 0 ? "A" : "A" + i) + "\":\"" + value + "\"")
                        .collect(Collectors.joining(","))
                + "}}";
    }
}
