package dev.chatelaine.mcp.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** MCP over HTTP, request by request, as no client of the SDK's would have it. */
final class Wire {
    static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
    static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Function<String, URI> addresses;

    Wire(Served served) {
        this(served::address);
    }

    /** To where the paths are. */
    Wire(Function<String, URI> addresses) {
        this.addresses = addresses;
    }

    /** Opens a session over Streamable HTTP, and gives its id. */
    String open(String token) {
        return post("/mcp", token, INITIALIZE, Map.of())
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
    }

    /** A session over HTTP+SSE: its stream is open until it is closed. */
    record Stream2024(Stream<String> lines, String messages) implements AutoCloseable {
        @Override
        public void close() {
            lines.close();
        }
    }

    Stream2024 openStream(String token) {
        HttpRequest opening = HttpRequest.newBuilder(addresses.apply("/sse"))
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            Stream<String> lines = CLIENT.send(opening, BodyHandlers.ofLines()).body();
            String messages = lines.filter(line -> line.startsWith("data: "))
                    .findFirst()
                    .orElseThrow()
                    .substring("data: ".length());
            return new Stream2024(lines, messages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> post(String path, String token, String body, Map<String, String> headers) {
        return post(path, token, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    HttpResponse<String> post(String path, String token, byte[] body, Map<String, String> headers) {
        return send("POST", path, token, BodyPublishers.ofByteArray(body), headers);
    }

    HttpResponse<String> put(String path, String token, String body) {
        return send("PUT", path, token, BodyPublishers.ofString(body), Map.of());
    }

    HttpResponse<String> send(String method, String path, String token, Map<String, String> headers) {
        return send(method, path, token, BodyPublishers.noBody(), headers);
    }

    private HttpResponse<String> send(
            String method, String path, String token, BodyPublisher body, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        if (!token.isEmpty()) {
            headers.put("Authorization", "Bearer " + token);
        }
        headers.putAll(more);
        URI address = addresses.apply(path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).method(method, body);
        headers.forEach(request::header);
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
