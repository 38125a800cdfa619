package dev.chatelaine.http.server;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/**
 * Sends events, one at a time, as long as there is somebody to send them to. It has no thread: it is called when an event
 * comes and when one has left.
 */
final class EventStream extends IteratingCallback {
    private static final byte[] NOTHING = {};

    private final Pending pending;
    private final Reply reply;
    private final Delivery delivery;
    private final Failures failures;
    private final Pieces pieces;
    private final Watched caller;
    private final AtomicReference<byte @Nullable []> next = new AtomicReference<>();
    private volatile boolean sending;
    private volatile boolean complete;
    private volatile @Nullable Throwable error;
    private volatile @Nullable CutOff reason;

    // What sending alone changes.
    private boolean begun;
    private boolean asked;
    private boolean ended;
    private boolean mustClose;

    EventStream(Pending pending, Reply reply, Delivery delivery, CallerWatch watch, Failures failures) {
        this.pending = pending;
        this.reply = reply;
        this.delivery = delivery;
        this.failures = failures;
        this.pieces = new Pieces(failures.ofDropped(pending.exchange().requestId()));
        this.caller = watch.watch(pending.request(), () -> breakOff(CutOff.CALLER));
    }

    void send(Flux<byte[]> flux) {
        Request request = pending.request();
        pending.exchange().forgetBody();
        // A write that does not get on is ended by the idle limit without this being asked.
        request.addIdleTimeoutListener(timeout -> false);
        request.addFailureListener(failure -> breakOff(CutOff.of(request)));
        try {
            flux.subscribe(pieces);
        } catch (RuntimeException e) {
            error = e;
        }
        sending = true;
        iterate();
    }

    /** Where events come in. */
    private final class Pieces extends BaseSubscriber<byte[]> {
        private final Context context;

        Pieces(Context context) {
            this.context = context;
        }

        boolean isThere() {
            return upstream() != null;
        }

        @Override
        public Context currentContext() {
            return context;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // What comes right away, a failure above all, comes before the header.
            if (sending) {
                iterate();
            }
        }

        @Override
        protected void hookOnNext(byte[] piece) {
            next.set(piece);
            iterate();
        }

        @Override
        protected void hookOnComplete() {
            complete = true;
            iterate();
        }

        @Override
        protected void hookOnError(Throwable failure) {
            error = failure;
            iterate();
        }
    }

    @Override
    protected Action process() throws Throwable {
        while (true) {
            boolean last = complete;
            Throwable failure = error;
            byte[] piece = next.getAndSet(null);
            if (piece != null) {
                asked = false;
                return write(last, piece);
            }
            if (failure != null) {
                throw failure;
            }
            if (last) {
                return ended ? Action.SUCCEEDED : write(true, NOTHING);
            }
            if (asked || !pieces.isThere()) {
                return begun ? Action.IDLE : write(false, NOTHING);
            }
            asked = true;
            pieces.request(1);
        }
    }

    private Action write(boolean last, byte[] piece) {
        if (!begun) {
            begun = true;
            Delivery.beginEvents(pending.response(), reply);
            if (!last) {
                chunked();
            }
        }
        if (last) {
            ended = true;
            mustClose = caller.stop();
        }
        pending.response().write(last, ByteBuffer.wrap(piece), this);
        return Action.SCHEDULED;
    }

    /** Also where the connection ends with the answer: what was cut off is told from what is whole (RFC 9112 section 8). */
    private void chunked() {
        if (pending.request().getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1) {
            pending.response().getHeaders().put(HttpHeader.TRANSFER_ENCODING, "chunked");
        }
    }

    private void breakOff(CutOff why) {
        pieces.dispose();
        reason = why;
        Throwable cause = new Request.Handler.AbortException("nobody to send to");
        if (abort(cause)) {
            // What is being written now is not waited for.
            pending.request()
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close(cause);
        }
    }

    @Override
    protected void onCompleteSuccess() {
        if (mustClose) {
            caller.hangUp();
        }
        pending.callback().succeeded();
    }

    @Override
    protected void onAborted(Throwable cause) {
        // What is under way ends first: the connection is closed under it.
    }

    @Override
    protected void onFailure(Throwable cause) {
        caller.quit();
        pieces.dispose();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        boolean own = cause == error;
        if (own && !begun) {
            if (caller.stop()) {
                pending.response().getHeaders().put(HttpHeader.CONNECTION, "close");
            }
            delivery.refuse(pending, cause);
            return;
        }
        if (own) {
            failures.log(pending.exchange().requestId(), cause);
        }
        CutOff why = reason;
        pending.exchange().cutOff(own ? CutOff.SERVER : why == null ? CutOff.of(pending.request()) : why);
        pending.breakOff(cause);
    }
}
