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
import org.jspecify.annotations.Nullable;

/**
 * Fetches a small JSON document over HTTP: within a time for the whole exchange, up to a length, following no redirect,
 * over TLS except on this machine. Safe for several threads.
 */
public final class BoundedFetch {
    private static final int LONGEST_BYTES = 256 * 1024;
    private static final int OK = 200;

    private final Duration limit;
    private final HttpClient client;

    /** Fetches within this time. */
    public BoundedFetch(Duration limit) {
        this.limit = limit;
        this.client = HttpClient.newBuilder()
                .connectTimeout(limit)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(ProxySelector.getDefault())
                .build();
    }

    /** The document; an exception when there is none within the bounds, with a message that says why. */
    byte[] get(URI uri) throws IOException {
        Answer answer = send(uri, HttpRequest.newBuilder());
        if (answer.status() != OK) {
            throw new IOException("status " + answer.status());
        }
        return answer.body();
    }

    /**
     * What a form is answered with, whatever the status.
     *
     * @param authorization the {@code Authorization} header, or null for none
     * @throws IOException when there is no answer within the bounds
     */
    public Answer post(URI uri, @Nullable String authorization, String form) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        return send(uri, authorization == null ? request : request.header("Authorization", authorization));
    }

    /** An answer's status and body. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Answer(int status, byte[] body) {
        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }

    private Answer send(URI uri, HttpRequest.Builder request) throws IOException {
        if (!IssuerLocation.isSafe(uri)) {
            throw new IOException("not https");
        }
        HttpRequest whole = request.uri(uri)
                .header("Accept", "application/json")
                .timeout(limit)
                .build();
        HttpResponse<byte[]> response = awaited(client.sendAsync(whole, info -> new LimitedBody(LONGEST_BYTES)));
        return new Answer(response.statusCode(), response.body());
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
