package dev.chatelaine.http.auth;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches a small JSON document over HTTP: within a time for the whole exchange, up to a length, following no redirect,
 * over TLS except on this machine. Safe for several threads.
 */
final class BoundedFetch {
    private static final int LONGEST_BYTES = 256 * 1024;
    private static final int OK = 200;

    private final Duration limit;
    private final HttpClient client;

    BoundedFetch(Duration limit) {
        this.limit = limit;
        this.client = HttpClient.newBuilder()
                .connectTimeout(limit)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(ProxySelector.getDefault())
                .build();
    }

    /** The document; an exception when there is none within the bounds, with a message that says why. */
    byte[] get(URI uri) throws IOException {
        if (!IssuerLocation.isSafe(uri)) {
            throw new IOException("not https");
        }
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Accept", "application/json")
                .timeout(limit)
                .build();
        HttpResponse<byte[]> response = awaited(client.sendAsync(request, info -> new LimitedBody(LONGEST_BYTES)));
        if (response.statusCode() != OK) {
            throw new IOException("status " + response.statusCode());
        }
        return response.body();
    }

    private <T> T awaited(CompletableFuture<T> answer) throws IOException {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer in time", e);
        } catch (ExecutionException e) {
            throw new IOException("no answer", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
