package dev.chatelaine.mcp.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One connection, over which REST and MCP calls go one after the other, each with the token that it is given. */
final class Caller {
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":"
            + "{\"name\":\"%s\",\"arguments\":%s}}";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private final URI server;

    Caller(URI server) {
        this.server = server;
    }

    /** What came back, in full. */
    record Answer(int status, String headers, String body) {
        String all() {
            return status + "\n" + headers + "\n" + body;
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        /** The result of a tool's call: what is in the one event of the stream. */
        JsonNode result() {
            String data = body.lines()
                    .filter(line -> line.startsWith("data:"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no result in " + all()));
            return JsonMapper.shared()
                    .readTree(data.substring("data:".length()))
                    .path("result");
        }
    }

    Answer rest(String token, String method, String path, String body) {
        return send(request(token, path).method(method, BodyPublishers.ofString(body)));
    }

    /** Opens a session and gives its id. */
    String session(String token) {
        HttpResponse<String> answer = response(request(token, "/mcp").POST(BodyPublishers.ofString(INITIALIZE)));
        return answer.headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow(() -> new AssertionError(answer.statusCode() + answer.body()));
    }

    Answer tool(String token, String session, String tool, String arguments) {
        return send(request(token, "/mcp")
                .header("Mcp-Session-Id", session)
                .POST(BodyPublishers.ofString(CALL.formatted(tool, arguments))));
    }

    private HttpRequest.Builder request(String token, String path) {
        return HttpRequest.newBuilder(URI.create(server + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream");
    }

    private Answer send(HttpRequest.Builder request) {
        HttpResponse<String> response = response(request);
        return new Answer(response.statusCode(), response.headers().map().toString(), response.body());
    }

    private HttpResponse<String> response(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
