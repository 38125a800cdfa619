package dev.chatelaine.bench.session;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.json.JsonMapper;

/** What the bench asks of a node. Safe for several threads. */
final class Rest {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final HttpClient client;

    Rest(HttpClient client) {
        this.client = client;
    }

    CompletableFuture<String> sent(String method, URI address, String token, String body) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .build();
        return client.sendAsync(request, BodyHandlers.ofString()).thenApply(Rest::good);
    }

    private static String good(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.request().method() + " " + answer.uri() + ": " + answer.body());
        }
        return answer.body();
    }

    /** What stands at a JSON pointer, as text; empty where there is nothing. */
    static String at(String json, String pointer) {
        return MAPPER.readTree(json).at(pointer).asString("");
    }
}
