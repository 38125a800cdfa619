package dev.chatelaine.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Calls the server as a script would, and holds every answer against the OpenAPI document. */
public final class RestClient {
    private static final int ATTEMPTS = 5;
    private static final long LONG = 65_536;
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final URI server;
    private final String token;
    private final boolean documented;

    public RestClient(URI server, String token) {
        this(server, token, true);
    }

    private RestClient(URI server, String token, boolean documented) {
        this.server = server;
        this.token = token;
        this.documented = documented;
    }

    /** A stranger's client of a server with other routes than those that the document describes. */
    public static RestClient ofAnother(URI server) {
        return new RestClient(server, "", false);
    }

    /** An answer and what it says. */
    public record Answer(int status, JsonNode json, HttpResponse<String> response) {
        public String code() {
            return json.path("code").asString("");
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public String text(String field) {
            return json.path(field).asString("");
        }

        /** Everything that came, as one text. */
        public String all() {
            return status + " " + response.headers().map() + " " + response.body();
        }

        /** The body without what is different each time. */
        public String withoutRequestId() {
            return response.body().replaceAll("\"request_id\":\"[^\"]*\"", "");
        }
    }

    public Answer get(String path) {
        return send("GET", path, "", Map.of());
    }

    public Answer delete(String path) {
        return send("DELETE", path, "", Map.of());
    }

    public Answer post(String path, String json) {
        return send("POST", path, json, Map.of());
    }

    public Answer put(String path, String json) {
        return send("PUT", path, json, Map.of());
    }

    public Answer patch(String path, String json) {
        return send("PATCH", path, json, Map.of());
    }

    /** A call; a body that is not empty is JSON unless a header says otherwise. */
    public Answer send(String method, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!body.isEmpty() && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = answered(request.build());
            Answer answer = new Answer(response.statusCode(), json(response), response);
            if (documented) {
                Conformance.check(method, path, answer);
            }
            return answer;
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /**
     * A server that refuses a long body before it is there closes the connection while this client still writes, which
     * then may not look at the answer (RFC 9112, section 9.6): such a request, and no other, is sent again.
     */
    private static HttpResponse<String> answered(HttpRequest request) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return CLIENT.send(request, BodyHandlers.ofString());
            } catch (IOException e) {
                if (attempt == ATTEMPTS || !isLong(request)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isLong(HttpRequest request) {
        return request.bodyPublisher()
                .filter(body -> body.contentLength() > LONG)
                .isPresent();
    }

    private static JsonNode json(HttpResponse<String> response) {
        return response.headers().firstValue("Content-Type").orElse("").contains("json")
                        && !response.body().isEmpty()
                ? JsonMapper.shared().readTree(response.body())
                : JsonNodeFactory.instance.nullNode();
    }
}
