package dev.chatelaine.mcp.transport;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The stream of an older host: where it learns its endpoint, and where the answers to its messages come. */
final class SseStream implements AutoCloseable {
    private static final String DATA = "data:";
    private static final long GENEROUS_SECONDS = 60;

    private final BlockingQueue<String> data = new LinkedBlockingQueue<>();
    private final Stream<String> lines;
    private final CompletableFuture<Void> reading;

    SseStream(URI server, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/sse"))
                .header("Authorization", "Bearer " + token)
                .build();
        lines = HttpClient.newHttpClient().send(request, BodyHandlers.ofLines()).body();
        reading = CompletableFuture.runAsync(() -> lines.filter(line -> line.startsWith(DATA))
                .forEach(line -> data.add(line.substring(DATA.length()).strip())));
    }

    /** What comes next: first the endpoint, then answers. */
    String next() throws InterruptedException {
        String next = data.poll(GENEROUS_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came; the stream " + (reading.isDone() ? "ended" : "is open"));
        }
        return next;
    }

    /** So many that come next. */
    List<String> next(int count) throws InterruptedException {
        List<String> all = new ArrayList<>();
        while (all.size() < count) {
            all.add(next());
        }
        return all;
    }

    @Override
    public void close() {
        lines.close();
    }
}
