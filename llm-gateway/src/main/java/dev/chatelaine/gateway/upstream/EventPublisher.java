package dev.chatelaine.gateway.upstream;

import dev.chatelaine.gateway.failure.FailureCategory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/**
 * A stream's events for one subscriber, those together that came together: the first, which were read before, and the
 * others, read when they are asked for. Cancelling gives up the connection, and so does the deadline, whether anybody asks or not. Signals are serial, as
 * Reactive Streams has it, and never nest.
 */
final class EventPublisher implements Publisher<List<UpstreamEvent>>, Subscription, EventReader.Listener {
    private final EventReader reader;
    private final Deadline deadline;
    private final Disposable alarm;
    private final AtomicBoolean subscribed = new AtomicBoolean();
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger work = new AtomicInteger();
    private volatile @Nullable List<UpstreamEvent> ready;
    private volatile @Nullable Throwable failure;
    private volatile boolean ended;
    private volatile boolean asking;
    private volatile boolean finished;
    private volatile @Nullable Subscriber<? super List<UpstreamEvent>> subscriber;

    EventPublisher(EventReader reader, Deadline deadline, Scheduler timer, List<UpstreamEvent> first) {
        this.reader = reader;
        this.deadline = deadline;
        this.ready = first;
        this.alarm = timer.schedule(
                () -> failed(new TimeoutException()), deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void subscribe(Subscriber<? super List<UpstreamEvent>> actual) {
        if (subscribed.compareAndSet(false, true)) {
            actual.onSubscribe(this);
            subscriber = actual;
            drain();
        } else {
            Operators.error(actual, new IllegalStateException("A stream's events are for one subscriber"));
        }
    }

    @Override
    public void request(long count) {
        if (Operators.validate(count)) {
            demand.getAndAccumulate(count, Operators::addCap);
            drain();
        }
    }

    @Override
    public void cancel() {
        if (!finished) {
            finish();
            reader.abort();
        }
    }

    private void finish() {
        finished = true;
        alarm.dispose();
    }

    @Override
    public void events(List<UpstreamEvent> events) {
        ready = events;
        asking = false;
        drain();
    }

    @Override
    public void end() {
        ended = true;
        asking = false;
        drain();
    }

    @Override
    public void failed(Throwable broken) {
        failure = broken;
        drain();
    }

    private void drain() {
        if (work.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            step();
            missed = work.addAndGet(-missed);
        } while (missed != 0);
    }

    private void step() {
        Subscriber<? super List<UpstreamEvent>> to = subscriber;
        if (to == null) {
            abandon();
            return;
        }
        while (!finished && (!asking || failure != null)) {
            Throwable broken = failure;
            List<UpstreamEvent> events = ready;
            if (broken != null) {
                finish();
                reader.abort();
                to.onError(broken(broken));
            } else if (events == null && ended) {
                finish();
                to.onComplete();
            } else if (demand.get() == 0) {
                return;
            } else if (events != null) {
                ready = null;
                demand.getAndUpdate(left -> left == Long.MAX_VALUE ? left : left - 1);
                to.onNext(events);
            } else {
                asking = true;
                reader.next(this);
            }
        }
    }

    /** The deadline passed before anybody subscribed; who does it now is told. */
    private void abandon() {
        if (failure != null) {
            reader.abort();
        }
    }

    /** Whatever it was that happened: something of the stream has been passed on, so that nothing is asked again. */
    private UpstreamException broken(Throwable failed) {
        if (deadline.hasPassed()) {
            return new UpstreamException(FailureCategory.DEADLINE);
        }
        return new UpstreamException(
                failed instanceof TimeoutException ? FailureCategory.STREAM_IDLE : FailureCategory.STREAM_BROKEN);
    }
}
