package dev.chatelaine.http.server;

import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** Brings replies on their way, of whatever kind, or what went wrong instead. */
final class Delivery {
    private final Answers answers;
    private final Sockets sockets;
    private final CallerWatch watch;
    private final Refusals refusals;
    private final Failures failures;

    Delivery(Answers answers, Sockets sockets, CallerWatch watch, Refusals refusals, Failures failures) {
        this.answers = answers;
        this.sockets = sockets;
        this.watch = watch;
        this.refusals = refusals;
        this.failures = failures;
    }

    void answer(Pending pending, Supplier<Reply> reply) {
        try {
            begin(pending, reply.get());
        } catch (RuntimeException e) {
            refuse(pending, e);
        }
    }

    void refuse(Pending pending, Throwable failure) {
        refusals.answer(pending, failure);
    }

    private void begin(Pending pending, Reply reply) {
        if (reply.content() instanceof Reply.Socket socket) {
            sockets.open(pending.request(), pending.response(), pending.callback(), socket.source());
        } else if (reply.content() instanceof Reply.Later later) {
            new Later(pending, this, watch, failures).await(later.reply());
        } else if (!(reply.content() instanceof Reply.Events events)) {
            answers.reply(pending.response(), pending.callback(), reply);
        } else if (HttpMethod.HEAD.is(pending.request().getMethod())) {
            discard(events.pieces());
            beginEvents(pending.response(), reply);
            pending.response().write(false, BufferUtil.EMPTY_BUFFER, pending.callback());
        } else {
            new EventStream(pending, reply, this, watch, failures).send(events.pieces());
        }
    }

    /** The header of an answer of events. */
    static void beginEvents(Response response, Reply reply) {
        response.setStatus(reply.status());
        response.getHeaders().put("Content-Type", "text/event-stream");
        Answers.headers(response, reply);
    }

    /** Lets go of a reply that came when nobody waited for it any more. */
    static void discard(Reply reply) {
        if (reply.content() instanceof Reply.Events events) {
            discard(events.pieces());
        } else if (reply.content() instanceof Reply.Socket socket) {
            socket.source().closed();
        }
    }

    private static void discard(Flux<byte[]> pieces) {
        pieces.subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.cancel();
            }
        });
    }
}
