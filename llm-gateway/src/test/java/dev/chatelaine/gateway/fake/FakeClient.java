package dev.chatelaine.gateway.fake;

import dev.chatelaine.gateway.anthropic.MessagesAnswer;
import dev.chatelaine.gateway.anthropic.MessagesRequest;
import dev.chatelaine.gateway.anthropic.MessagesStream;
import dev.chatelaine.gateway.quirk.FittedRequest;
import dev.chatelaine.gateway.sse.SseEvent;
import dev.chatelaine.gateway.sse.SseParser;
import dev.chatelaine.vault.provider.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks the fakes in OpenAI's shape, fitted to each as the gateway does it. */
final class FakeClient {
    private static final long LONGEST = 1_000;

    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * What came back.
     *
     * @param raw the body as it came
     * @param chat the answer in OpenAI's shape, where the status is 200
     */
    record Reply(int status, String raw, JsonNode chat) {
        JsonNode message() {
            return chat.path("choices").path(0).path("message");
        }
    }

    /** A request in OpenAI's shape; a model is put in where there is none. */
    Reply ask(FakeProvider fake, String request) {
        return ask(fake, request, fake.key());
    }

    Reply ask(FakeProvider fake, String request, String key) {
        HttpResponse<String> response = send(fake, fitted(fake, request), key);
        if (response.statusCode() != 200) {
            return new Reply(response.statusCode(), response.body(), Json.object());
        }
        JsonNode body = Json.parse(response.body()).orElseThrow();
        return new Reply(
                200,
                response.body(),
                anthropic(fake) ? MessagesAnswer.of(body, 1).body() : body);
    }

    /** The chunks of a stream in OpenAI's shape, with usage asked for; without the end mark, which must be there. */
    List<JsonNode> stream(FakeProvider fake, String request) {
        ObjectNode streamed = ((ObjectNode) Json.parse(request).orElseThrow()).put("stream", true);
        streamed.putObject("stream_options").put("include_usage", true);
        HttpResponse<String> response = send(fake, fitted(fake, streamed.toString()), fake.key());
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        List<SseEvent> events = new ArrayList<>();
        new SseParser(1 << 20).feed(response.body().getBytes(StandardCharsets.UTF_8), events::add);
        return chunks(fake, events);
    }

    private static List<JsonNode> chunks(FakeProvider fake, List<SseEvent> events) {
        List<JsonNode> chunks = new ArrayList<>();
        MessagesStream messages = new MessagesStream(1, true);
        boolean complete = false;
        for (SseEvent event : events) {
            if (complete) {
                throw new AssertionError("Something came after the end");
            }
            if (anthropic(fake)) {
                chunks.addAll(messages.chunks(Json.parse(event.data()).orElseThrow()));
                complete = messages.isComplete();
            } else if (event.isDone()) {
                complete = true;
            } else {
                chunks.add(Json.parse(event.data()).orElseThrow());
            }
        }
        if (!complete) {
            throw new AssertionError("The stream did not end");
        }
        return chunks;
    }

    /** Sends this body as it is. */
    HttpResponse<String> send(FakeProvider fake, String body, String key) {
        String path = anthropic(fake) ? "/messages" : "/chat/completions";
        return send(request(fake, path, key).POST(BodyPublishers.ofString(body)).build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static HttpRequest.Builder request(FakeProvider fake, String path, String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(fake.baseUrl() + path));
        return anthropic(fake)
                ? request.header("x-api-key", key).header("anthropic-version", "2023-06-01")
                : request.header("Authorization", "Bearer " + key);
    }

    private static String fitted(FakeProvider fake, String request) {
        ObjectNode body = (ObjectNode) Json.parse(request).orElseThrow();
        if (!body.has("model")) {
            body.put("model", fake.model());
        }
        String model = Json.text(body, "model");
        ObjectNode forModel = FittedRequest.of(body, fake.quirks(model)).body();
        ObjectNode fitted = anthropic(fake)
                ? MessagesRequest.of(forModel, model, LONGEST, null).body()
                : FittedRequest.of(forModel, fake.provider().quirks()).body();
        return fitted.toString();
    }

    private static boolean anthropic(FakeProvider fake) {
        return fake.provider().protocol() == Protocol.ANTHROPIC;
    }
}
