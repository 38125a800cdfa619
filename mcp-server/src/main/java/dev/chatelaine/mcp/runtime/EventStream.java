package dev.chatelaine.mcp.runtime;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection on which a session's events come in, read by one thread. Pings are answered by themselves. */
final class EventStream implements AutoCloseable {
    private final Reception reception;
    private final WebSocket socket;

    private EventStream(Reception reception, WebSocket socket) {
        this.reception = reception;
        this.socket = socket;
    }

    static EventStream open(HttpClient client, URI address, String token, Duration limit)
            throws IOException, InterruptedException, SessionOverException {
        Reception reception = new Reception();
        CompletableFuture<WebSocket> opening = client.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .connectTimeout(limit)
                .buildAsync(address, reception);
        try {
            return new EventStream(reception, SessionServer.awaited(opening, limit));
        } catch (WebSocketHandshakeException e) {
            SessionServer.requireOk(e.getResponse().statusCode());
            throw new IOException("no WebSocket", e);
        }
    }

    /**
     * The events that came in since the last call; waits for the first.
     *
     * @param silence how long the server may say nothing at all, not even a ping
     * @throws IOException when the connection has ended
     */
    List<SessionEvent> next(Duration silence) throws IOException, InterruptedException {
        List<SessionEvent> events = new ArrayList<>();
        while (events.isEmpty()) {
            reception.requireMore();
            Optional<SessionEvent> heard = reception.heard.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
            if (heard == null) {
                throw new IOException("the server is silent");
            }
            do {
                heard.ifPresent(events::add);
                heard = reception.heard.poll();
            } while (heard != null);
        }
        return events;
    }

    @Override
    public void close() {
        socket.abort();
    }

    /** Puts the pieces of frames together, and everything into one queue. */
    private static final class Reception implements WebSocket.Listener {
        private static final int LONGEST_FRAME = 1 << 20;

        /** Events, and between them nothings, which say that the server lives or that the connection has ended. */
        private final BlockingQueue<Optional<SessionEvent>> heard = new LinkedBlockingQueue<>();

        private final StringBuilder frame = new StringBuilder();
        private volatile @Nullable String end;

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            frame.append(data);
            if (frame.length() > LONGEST_FRAME) {
                end("a frame is too long");
                socket.abort();
            } else if (last) {
                take(socket, frame.toString());
                frame.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void take(WebSocket socket, String text) {
            try {
                heard.add(Optional.of(WireForms.event(text)));
            } catch (IllegalArgumentException e) {
                end("a frame is not understood");
                socket.abort();
            }
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
            heard.add(Optional.empty());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            end("closed with " + code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            end(error.getClass().getSimpleName());
        }

        private void end(String why) {
            end = why;
            heard.add(Optional.empty());
        }

        private void requireMore() throws IOException {
            String why = end;
            if (why != null && heard.stream().allMatch(Optional::isEmpty)) {
                throw new IOException(why);
            }
        }
    }
}
