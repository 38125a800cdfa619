package dev.chatelaine.http.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.server.HttpLimits;
import dev.chatelaine.http.server.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Plants a value that is nowhere else, sends it to every route in every place where it may and may not be, well and
 * badly, and then looks for it in everything that came out: answers, logs, metrics and files.
 */
class CanaryIT {
    private static final String CANARY = "sk-proj-CanaryCanary0123456789CanaryCanary0123456789";

    private static final String SESSION = "{\"agent\":{\"kind\":\"a\"},\"secrets\":[\"NAME\"]}";

    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("POST /v1/tenants/me/secrets", "{\"name\":\"NAME\",\"values\":{\"A\":\"CANARY\"}}"),
            Map.entry("PUT /v1/tenants/me/secrets/{name}", "{\"values\":{\"A\":\"CANARY\"}}"),
            Map.entry("POST /v1/sessions", SESSION),
            Map.entry("POST /broken", "{\"value\":\"CANARY\"}"),
            Map.entry("POST /api/secrets", "{\"name\":\"NAME\",\"value\":\"CANARY\"}"),
            Map.entry("PUT /api/secrets/{name}", "{\"value\":\"CANARY\"}"),
            Map.entry("POST /api/secrets/{name}/rollback", "{\"version\":1}"),
            Map.entry("POST /api/v1/llm-configs", "{\"name\":\"NAME\",\"provider\":\"openai\",\"model\":\"m\"}"),
            Map.entry("PATCH /api/v1/llm-configs/{name}", "{\"model\":\"m2\"}"),
            Map.entry("PUT /api/v1/llm-configs/{name}/key", "{\"api_key\":\"CANARY\"}"),
            Map.entry("POST /api/v1/gateway-keys", "{\"name\":\"NAME\",\"spend_cap_micro_usd\":1}"),
            Map.entry("PATCH /api/v1/gateway-keys/{id}", "{\"spend_cap_micro_usd\":2}"),
            Map.entry("POST /api/v1/gateway-keys/{id}/rotate", "{\"grace_seconds\":60}"));

    /** Bodies in which it is where it should not be, or which break around it. */
    private static final List<String> BAD = List.of(
            "{\"CANARY\":1}",
            "{\"name\":\"CANARY\",\"value\":\"v\"}",
            "{\"name\":\"a\",\"value\":\"v\",\"description\":\"CANARY\"}",
            "{\"name\":\"a\",\"value\":[\"CANARY\"]}",
            "{\"name\":\"a\",\"value\":\"v\",\"category\":\"CANARY\"}",
            "{\"name\":\"a\",\"provider\":\"CANARY\",\"model\":\"CANARY\",\"api_key\":\"CANARY\"}",
            "{\"api_key\":\"\\u0000CANARY\"}",
            "{\"value\":\"CANARY\"",
            "{\"value\":\"CANARY\",\"value\":\"CANARY\"}",
            "{\"version\":\"CANARY\"}",
            "{\"name\":\"a\",\"values\":{\"CANARY\":\"v\"}}",
            "{\"name\":\"a\",\"values\":{\"A\":{\"CANARY\":\"CANARY\"}}}",
            "{\"name\":\"CANARY\",\"values\":{\"A\":\"v\"}}",
            "{\"values\":{\"A\":\"CANARY\",\"path\":\"CANARY\"}}",
            "{\"agent\":{\"kind\":\"CANARY\"},\"user_id\":\"CANARY\",\"template\":\"CANARY\"}",
            "{\"agent\":{\"kind\":\"a\",\"CANARY\":1},\"secrets\":[\"CANARY\"]}",
            "{\"agent\":{\"kind\":\"a\"},\"user_id\":\"CANARY\"}",
            "{\"agent\":{\"kind\":\"a\"},\"llm\":{\"vendor\":\"CANARY\",\"model\":\"CANARY\"}}",
            "{\"agent\":{\"kind\":\"a\"},\"secret_refs\":{\"CANARY\":\"CANARY\"}}",
            "{\"name\":\"a\",\"allowed_models\":[\"CANARY\"],\"fallback_model\":\"CANARY\"}",
            "{\"name\":\"a\",\"allowed_models\":[\"CANARY/CANARY\"]}",
            "{\"name\":\"a\",\"fallback_model\":\"CANARY\"}",
            "{\"fallback_model\":\"CANARY/CANARY\"}",
            "{\"spend_cap_micro_usd\":\"CANARY\",\"expires_at\":\"CANARY\"}",
            "{\"expires_at\":\"CANARY\"}",
            "{\"grace_seconds\":\"CANARY\"}",
            "CANARY");

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final StringBuilder answers = new StringBuilder();
    private final PrintStream before = System.err;
    private TestServer server;

    @BeforeEach
    void start() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        server = TestServer.start(
                TestServer.loopback(HttpLimits.usual()),
                List.of(new Route("POST", "/broken", call -> {
                    throw new IllegalStateException(call.body(Set.of("value")).requiredText("value"));
                })),
                List.of());
    }

    @AfterEach
    void stop() {
        server.close();
        System.setErr(before);
    }

    @Test
    void aValueIsNowhereInWhatComesOut() throws IOException {
        List<String> requests = new ArrayList<>();
        for (String name : List.of("provider_key_openai", "other", "third")) {
            for (Route route : server.routes()) {
                requests.addAll(requestsTo(route, name));
            }
        }
        for (String request : requests) {
            try (RawConnection connection = server.raw()) {
                answers.append(connection.send(request).answer());
            }
        }

        assertThat(answers).contains("\"code\":\"value_in_wrong_field\"", " 201 ", " 200 ", " 500 ", " 400 ");
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("route=", "status=201", "request failed");
        for (String trace : traces()) {
            assertThat(answers.toString()).as("answers").doesNotContain(trace);
            assertThat(log.toString(StandardCharsets.UTF_8)).as("log").doesNotContain(trace);
            assertThat(metrics()).as("metrics").doesNotContain(trace);
            assertThat(files()).as("files").noneMatch(file -> file.contains(trace));
        }
    }

    /** Its answer is the one place where a key is told. */
    @Test
    void aGatewayKeyIsNowhereButInTheAnswerThatMadeIt() throws IOException {
        RestClient owner = server.owner("acme");
        List<String> keys = new ArrayList<>();
        keys.add(owner.post("/api/v1/gateway-keys", "{\"name\":\"jobs\"}").text("key"));
        keys.add(owner.post("/api/v1/gateway-keys/jobs/rotate", "{\"grace_seconds\":60}")
                .text("key"));
        for (String path : List.of("/api/v1/gateway-keys", "/api/v1/gateway-keys/jobs", "/api/v1/usage")) {
            answers.append(owner.get(path).all());
        }
        for (String key : keys) {
            answers.append(new RestClient(server.server().address(), key)
                    .get("/api/secrets")
                    .all());
            answers.append(owner.get("/api/v1/gateway-keys/" + key).all());
            answers.append(owner.post("/api/v1/gateway-keys", "{\"name\":\"" + key + "\"}")
                    .all());
            answers.append(owner.get("/api/v1/usage?group_by=" + key).all());
        }
        answers.append(owner.delete("/api/v1/gateway-keys/jobs").all());
        answers.append(owner.get("/api/v1/audit").all());

        assertThat(answers).contains("gateway_key.create", "gateway_key.rotate", "value_in_wrong_field", "401");
        assertThat(keys).allSatisfy(key -> {
            String trace = key.substring(3, 35);
            assertThat(answers.toString()).as("answers").doesNotContain(trace);
            assertThat(log.toString(StandardCharsets.UTF_8)).as("log").doesNotContain(trace);
            assertThat(metrics()).as("metrics").doesNotContain(trace);
            assertThat(files()).as("files").noneMatch(file -> file.contains(trace));
        });
    }

    private List<String> requestsTo(Route route, String name) {
        String path = route.template().replaceAll("\\{[a-z]+}", name);
        String usual =
                BODIES.getOrDefault(route.method() + " " + route.template(), "").replace("NAME", name);
        List<String> requests = new ArrayList<>();
        requests.add(request(route.method(), path, "", usual));
        requests.add(request(route.method(), path + "?value=CANARY&CANARY=1", "", usual));
        requests.add(request(route.method(), path + "?group_by=CANARY&from=CANARY", "", usual));
        requests.add(request(route.method(), path + "?cursor=CANARY", "", usual));
        requests.add(request(route.method(), route.template().replaceAll("\\{[a-z]+}", "CANARY"), "", usual));
        requests.add(request(
                route.method(), path, "X-Value: CANARY\r\nX-Request-Id: CANARY\r\nIf-Match: \"CANARY\"\r\n", usual));
        requests.add(request(route.method(), path, "Content-Type: CANARY\r\nCookie: CANARY\r\n", usual));
        requests.add(request(route.method(), path, "Origin: https://CANARY.example\r\n", usual));
        requests.add(request("CANARY", path, "", usual));
        requests.add(request(route.method(), path + "/%2fCANARY", "", usual));
        if (!route.method().equals("GET")) {
            BAD.forEach(body -> requests.add(request(route.method(), path, "", body)));
        }
        return requests;
    }

    private static String request(String method, String path, String headers, String body) {
        String sent = body.replace("CANARY", CANARY);
        String type = headers.contains("Content-Type") ? "" : "Content-Type: application/json\r\n";
        String head =
                method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer acme:owner\r\n" + type;
        return (head + headers).replace("CANARY", CANARY) + "Content-Length: " + sent.length() + "\r\n\r\n" + sent;
    }

    private static List<String> traces() {
        byte[] bytes = CANARY.getBytes(StandardCharsets.UTF_8);
        return List.of(
                CANARY,
                "CanaryCanary",
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                HexFormat.of().formatHex(bytes),
                HexFormat.of().withUpperCase().formatHex(bytes),
                URLEncoder.encode(CANARY + "=", StandardCharsets.UTF_8));
    }

    private String metrics() throws IOException {
        URI metrics = server.server().metricsAddress().orElseThrow().resolve("/metrics");
        try (var answer = metrics.toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(server.folder())) {
            List<String> contents = new ArrayList<>();
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                contents.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            return contents;
        }
    }
}
