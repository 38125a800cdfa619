package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** An application that asks the gateway as it pleases, right or wrong. */
final class Application {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI gateway;
    private final String key;
    private final @Nullable String tenant;

    Application(URI gateway, String key) {
        this(gateway, key, null);
    }

    private Application(URI gateway, String key, @Nullable String tenant) {
        this.gateway = gateway;
        this.key = key;
        this.tenant = tenant;
    }

    String key() {
        return key;
    }

    /** The same, which says what tenant it means. */
    Application asking(String forTenant) {
        return new Application(gateway, key, forTenant);
    }

    /** An answer as it came. */
    record Answered(int status, HttpResponse<String> response) {
        JsonNode json() {
            String type = response.headers().firstValue("content-type").orElse("");
            return type.startsWith("application/json")
                    ? JsonMapper.shared().readTree(response.body())
                    : MissingNode.getInstance();
        }

        String text() {
            return response.body();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** What the error is about. */
        String code() {
            return json().path("error").path("code").asString("");
        }

        /** How the attempts went, in order. */
        List<String> attempts() {
            return json().path("error")
                    .path("attempts")
                    .valueStream()
                    .map(attempt -> attempt.path("category").asString(""))
                    .toList();
        }

        /** What the model said. */
        String said() {
            return json().path("choices")
                    .path(0)
                    .path("message")
                    .path("content")
                    .asString("");
        }

        /** The data of the events, without what ends each. */
        List<String> events() {
            return text().lines()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring("data: ".length()))
                    .toList();
        }

        /** Everything, as one text. */
        String all() {
            return status + " " + response.headers().map() + " " + text();
        }
    }

    Answered chat(String model, String text) {
        return post("/v1/chat/completions", body(model, text, ""));
    }

    Answered stream(String model, String text) {
        return post("/v1/chat/completions", body(model, text, ",\"stream\":true"));
    }

    /** A stream that has begun: its first event is read. */
    StreamUnderWay begin(String model) {
        StreamUnderWay stream = new StreamUnderWay(sent(
                request("/v1/chat/completions", body(model, "hello there", ",\"stream\":true")),
                BodyHandlers.ofLines()));
        assertThat(stream.next()).contains("so far");
        return stream;
    }

    /** A request's body. */
    static String body(String model, String text, String more) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text
                + "\"}],\"max_tokens\":100" + more + "}";
    }

    /** Asks for a chat completion and leaves the answer to whoever has the connection. */
    Socket call(String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String head = "POST /v1/chat/completions HTTP/1.1\r\nHost: " + gateway.getAuthority()
                + "\r\nAuthorization: Bearer " + key + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.getPort());
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        return socket;
    }

    Answered post(String path, String json) {
        return send(request(path, json));
    }

    private HttpRequest request(String path, String json) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
    }

    Answered get(String path) {
        return send(request(path).build());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(gateway.resolve(path)).header("Authorization", "Bearer " + key);
        return tenant == null ? request : request.header("X-Tenant-Id", tenant);
    }

    private static Answered send(HttpRequest request) {
        HttpResponse<String> response = sent(request, BodyHandlers.ofString());
        return new Answered(response.statusCode(), response);
    }

    private static <T> HttpResponse<T> sent(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return CLIENT.send(request, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
