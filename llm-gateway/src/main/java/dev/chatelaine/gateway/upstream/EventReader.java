package dev.chatelaine.gateway.upstream;

import dev.chatelaine.gateway.failure.ErrorSigns;
import dev.chatelaine.gateway.failure.FailureCategory;
import dev.chatelaine.gateway.failure.FailureTable;
import dev.chatelaine.gateway.sse.SseEvent;
import dev.chatelaine.gateway.sse.SseOverflowException;
import dev.chatelaine.gateway.sse.SseParser;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a stream's events, those together that come together. Holds the part of one that has not ended.
 * One question at a time. A stream that ends without the mark of its protocol's end was cut off, and so was one whose
 * event is not JSON, says that there was an error, or repeats the key.
 */
final class EventReader {
    private static final int OK = 200;
    private static final Duration REST = Duration.ofSeconds(1);
    private static final int LONGEST_REST = 4_096;

    private final ChunkReader chunks;
    private final Supplier<Duration> patience;
    private final Protocol protocol;
    private final @Nullable SecretValue key;
    private final JsonMapper json;
    private final SseParser parser;
    private volatile boolean complete;
    private volatile @Nullable UpstreamException broken;

    EventReader(
            ChunkReader chunks,
            Supplier<Duration> patience,
            Protocol protocol,
            @Nullable SecretValue key,
            JsonMapper json,
            int limit) {
        this.chunks = chunks;
        this.patience = patience;
        this.protocol = protocol;
        this.key = key;
        this.json = json;
        this.parser = new SseParser(limit);
    }

    /** What becomes of a question for the next events. */
    interface Listener {
        /** Those of one piece of the body, in their order; at least one. */
        void events(List<UpstreamEvent> events);

        /** The provider said that the stream is complete. */
        void end();

        /** The stream broke; an error that the provider sent is an {@link UpstreamException} with its category. */
        void failed(Throwable failure);
    }

    /** Asks for the next events. */
    void next(Listener listener) {
        if (!isOver(listener)) {
            chunks.read(patience, new Piece(listener));
        }
    }

    private boolean isOver(Listener listener) {
        UpstreamException failure = broken;
        if (failure != null) {
            listener.failed(failure);
        } else if (complete) {
            listener.end();
        }
        return failure != null || complete;
    }

    void abort() {
        chunks.abort();
    }

    /** The events of a piece, as far as they are good; what comes after those is remembered. */
    private List<UpstreamEvent> good(byte[] bytes) {
        List<UpstreamEvent> good = new ArrayList<>();
        try {
            parser.feed(bytes, event -> {
                if (!complete && broken == null) {
                    take(event, good);
                }
            });
        } catch (SseOverflowException e) {
            if (!complete && broken == null) {
                broken = new UpstreamException(FailureCategory.INVALID_ANSWER);
            }
        }
        return good;
    }

    private void take(SseEvent event, List<UpstreamEvent> good) {
        if (protocol == Protocol.OPENAI && event.isDone()) {
            finish();
            return;
        }
        JsonNode body = parsed(event.data());
        if (body == null) {
            broken = new UpstreamException(FailureCategory.INVALID_ANSWER);
        } else if (ErrorSigns.isError(body)) {
            ErrorSigns signs = ErrorSigns.of(body, event.data());
            broken = new UpstreamException(FailureTable.classify(OK, signs, List.of()));
        } else {
            if (protocol == Protocol.ANTHROPIC && "message_stop".equals(event.name())) {
                finish();
            }
            good.add(new UpstreamEvent(event.name(), body));
        }
    }

    private @Nullable JsonNode parsed(String data) {
        try {
            JsonNode body = json.readTree(data);
            return body.isContainer() && !KeyEcho.isWholeIn(data, body, key) ? body : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** The rest of the body is an empty line or nothing; read to its end, the connection can be used again. */
    private void finish() {
        complete = true;
        chunks.read(() -> REST, new Rest());
    }

    /** Reads the pieces of the body that an answer to a question needs. */
    private final class Piece implements ChunkReader.Listener {
        private final Listener listener;

        Piece(Listener listener) {
            this.listener = listener;
        }

        @Override
        public boolean chunk(byte[] bytes) {
            List<UpstreamEvent> good = good(bytes);
            if (good.isEmpty()) {
                return !isOver(listener);
            }
            listener.events(good);
            return false;
        }

        @Override
        public void end() {
            listener.failed(new UpstreamException(FailureCategory.CONNECTION_LOST));
        }

        @Override
        public void failed(Throwable failure) {
            listener.failed(failure);
        }
    }

    /** What comes after the end is not looked at; more than a little of it is given up. */
    private final class Rest implements ChunkReader.Listener {
        private int left = LONGEST_REST;

        @Override
        public boolean chunk(byte[] bytes) {
            left -= bytes.length;
            if (left < 0) {
                chunks.abort();
            }
            return left >= 0;
        }

        @Override
        public void end() {
            // The connection has been given back.
        }

        @Override
        public void failed(Throwable failure) {
            chunks.abort();
        }
    }
}
