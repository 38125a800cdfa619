package dev.chatelaine.http.server;

import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Waits for a reply, without a thread, as long as there is somebody to give it to. */
final class Later extends BaseSubscriber<Reply> {
    private final Pending pending;
    private final Delivery delivery;
    private final Context context;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Watched caller;

    Later(Pending pending, Delivery delivery, CallerWatch watch, Failures failures) {
        this.pending = pending;
        this.delivery = delivery;
        this.context = failures.ofDropped(pending.exchange().requestId());
        this.caller = watch.watch(pending.request(), () -> breakOff(CutOff.CALLER));
    }

    void await(Mono<Reply> reply) {
        Request request = pending.request();
        request.addIdleTimeoutListener(timeout -> false);
        request.addFailureListener(failure -> {
            caller.quit();
            breakOff(CutOff.of(request));
        });
        try {
            reply.subscribe(this);
        } catch (RuntimeException e) {
            hookOnError(e);
        }
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    protected void hookOnNext(Reply reply) {
        if (end()) {
            delivery.answer(pending, () -> reply);
        } else {
            Delivery.discard(reply);
        }
    }

    @Override
    protected void hookOnError(Throwable failure) {
        if (end()) {
            delivery.refuse(pending, failure);
        } else {
            Operators.onErrorDropped(failure, context);
        }
    }

    @Override
    protected void hookOnComplete() {
        if (end()) {
            delivery.refuse(pending, new IllegalStateException("no reply came"));
        }
    }

    /** Answers whether the waiting ends with this. */
    private boolean end() {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        if (caller.stop()) {
            pending.response().getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        return true;
    }

    private void breakOff(CutOff reason) {
        if (over.compareAndSet(false, true)) {
            dispose();
            pending.exchange().cutOff(reason);
            pending.breakOff(new Request.Handler.AbortException("nobody to answer to"));
        }
    }
}
