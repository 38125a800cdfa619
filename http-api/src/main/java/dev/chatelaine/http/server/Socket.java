package dev.chatelaine.http.server;

import dev.chatelaine.http.metrics.HttpMetrics;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.exception.CloseException;
import org.jspecify.annotations.Nullable;

/** One WebSocket. It has no thread: it is called when bytes come, when a frame has left, and when time has passed. */
final class Socket implements FrameHandler {
    private final SocketSource source;
    private final Sockets all;
    private final HttpMetrics metrics;
    private final Inbound inbound = new Inbound();
    private final Sending sending = new Sending();
    private final AtomicBoolean ponging = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable CoreSession session;
    private volatile boolean awaitingPong;
    private volatile boolean closing;
    private volatile long pinged = NanoTime.now();

    Socket(SocketSource source, Sockets all, HttpMetrics metrics) {
        this.source = source;
        this.all = all;
        this.metrics = metrics;
    }

    /** Sends one frame at a time, as long as the source has any. */
    private final class Sending extends IteratingCallback {
        @Override
        protected Action process() {
            CoreSession open = session;
            SocketSource.Outgoing next = open == null || closing ? null : source.next();
            if (open == null || next == null) {
                return Action.IDLE;
            }
            if (next instanceof SocketSource.Text text) {
                metrics.frameSent();
                open.sendFrame(new Frame(OpCode.TEXT, text.text()), this, false);
            } else if (next instanceof SocketSource.Close close) {
                closing = true;
                open.close(close.code(), null, this);
            }
            return Action.SCHEDULED;
        }
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        session = opened;
        metrics.socketOpened();
        callback.succeeded();
        if (all.isClosing()) {
            close(CloseStatus.SHUTDOWN);
        } else {
            source.opened(sending::iterate);
        }
        opened.demand();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        CoreSession open = session;
        try {
            inbound.take(frame);
        } catch (CloseException e) {
            closing = true;
            callback.failed(e);
            return;
        }
        if (frame.getOpCode() == OpCode.PONG) {
            awaitingPong = false;
        } else if (frame.getOpCode() == OpCode.PING && open != null) {
            pong(open, frame);
        }
        callback.succeeded();
        if (open != null && frame.getOpCode() != OpCode.CLOSE) {
            open.demand();
        }
    }

    /** Of pings that come while a pong is on its way, none is answered (RFC 6455, section 5.5.3). */
    private void pong(CoreSession open, Frame ping) {
        if (ponging.compareAndSet(false, true)) {
            Callback sent = Callback.from(() -> ponging.set(false));
            open.sendFrame(new Frame(OpCode.PONG, Frame.copy(ping).getPayload()), sent, false);
        }
    }

    /** Pings when it is time to; who has not answered the ping before, or not the goodbye, is dropped. */
    void look(long intervalNanos) {
        if (NanoTime.since(pinged) < intervalNanos) {
            return;
        }
        CoreSession open = session;
        if (open == null || awaitingPong || closing) {
            drop(open);
            return;
        }
        pinged = NanoTime.now();
        awaitingPong = true;
        source.pulse();
        open.sendFrame(new Frame(OpCode.PING), Callback.NOOP, false);
        sending.iterate();
    }

    private void drop(@Nullable CoreSession open) {
        if (open != null) {
            if (awaitingPong && !closing) {
                metrics.socketDropped("no_pong");
            }
            open.abort();
        }
        ended();
    }

    /** Begins the goodbye. */
    void close(int code) {
        CoreSession open = session;
        if (open != null && !closing) {
            closing = true;
            open.close(code, null, Callback.NOOP);
        }
    }

    /** Ends it without a goodbye. */
    void abort() {
        drop(session);
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        if (cause instanceof CloseException refused) {
            metrics.socketDropped(reason(refused.getStatusCode()));
        }
        callback.succeeded();
    }

    private static String reason(int code) {
        return switch (code) {
            case CloseStatus.BAD_DATA -> "binary";
            case CloseStatus.BAD_PAYLOAD -> "bad_text";
            case CloseStatus.MESSAGE_TOO_LARGE -> "too_long";
            case CloseStatus.POLICY_VIOLATION -> "flood";
            case CloseStatus.PROTOCOL -> "protocol";
            default -> "other";
        };
    }

    @Override
    public void onClosed(CloseStatus closeStatus, Callback callback) {
        ended();
        callback.succeeded();
    }

    /** Once, whether it was ever open or not. */
    void ended() {
        if (over.compareAndSet(false, true)) {
            closing = true;
            all.remove(this);
            if (session != null) {
                metrics.socketClosed();
            }
            source.closed();
        }
    }
}
