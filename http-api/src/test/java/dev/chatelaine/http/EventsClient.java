package dev.chatelaine.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A session's runtime as far as its events go, on the JDK's WebSocket. */
public final class EventsClient implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int PATIENCE_S = 30;

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    public EventsClient(String url, String token) {
        this(CLIENT, url, token);
    }

    /** Over a client with trust of its own. */
    public EventsClient(HttpClient client, String url, String token) {
        this.socket = client.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create(url), this)
                .join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            frames.add(JsonMapper.shared().readTree(part.toString()));
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        code.complete(status);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        code.complete(RawSocket.NO_GOODBYE);
    }

    /** The next frame. */
    public JsonNode next() throws InterruptedException {
        JsonNode frame = frames.poll(PATIENCE_S, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("no frame came, closed: " + code);
        }
        return frame;
    }

    /** The next frame's event, keys and revision, in short: {@code config_update [A, B] 4}. */
    public String told() throws InterruptedException {
        JsonNode frame = next();
        StringBuilder told = new StringBuilder(frame.path("event").asString());
        if (frame.has("keys")) {
            told.append(' ').append(keys(frame));
        }
        return frame.has("revision")
                ? told.append(' ').append(frame.path("revision").asLong()).toString()
                : told.toString();
    }

    /** The keys of a frame. */
    public static Set<String> keys(JsonNode frame) {
        Set<String> keys = new TreeSet<>();
        frame.path("keys").forEach(key -> keys.add(key.asString()));
        return keys;
    }

    /** Whether nothing has come that was not looked at. */
    public boolean isQuiet() {
        return frames.isEmpty() && !code.isDone();
    }

    /** The code that the server ended it with. */
    public int end() throws Exception {
        return code.get(PATIENCE_S, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
