package dev.chatelaine.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

class BatchesTest {
    private static final String ONE = "one";
    private static final String OTHER = "other";
    private static final Duration LINGER = Duration.ofMillis(20);

    private final List<List<Integer>> begun = new ArrayList<>();
    private final List<Sinks.One<Runnable>> ends = new ArrayList<>();
    private final Batches<String, Integer> batches = new Batches<>(3, (kind, batch) -> begun(batch));

    private Mono<Runnable> begun(List<Integer> batch) {
        begun.add(batch);
        Sinks.One<Runnable> end = Sinks.one();
        ends.add(end);
        return end.asMono();
    }

    private void end(int batch) {
        ends.get(batch).tryEmitEmpty().orThrow();
    }

    @Test
    void oneThatComesAloneIsDoneAtOnce() {
        batches.add(ONE, 1);
        assertThat(begun).containsExactly(List.of(1));
        end(0);
        batches.add(ONE, 2);
        assertThat(begun).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void thoseThatComeMeanwhileAreDoneTogetherInTheirOrderAsManyAsFit() {
        for (int i = 1; i <= 6; i++) {
            batches.add(ONE, i);
        }
        assertThat(begun).containsExactly(List.of(1));
        end(0);
        assertThat(begun).containsExactly(List.of(1), List.of(2, 3, 4));
        end(1);
        assertThat(begun).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5, 6));
    }

    @Test
    void thoseOfOtherKindsDoNotWait() {
        batches.add(ONE, 1);
        batches.add(OTHER, 2);
        batches.add(ONE, 3);
        batches.add(OTHER, 4);
        assertThat(begun).containsExactly(List.of(1), List.of(2));
        end(1);
        assertThat(begun).containsExactly(List.of(1), List.of(2), List.of(4));
    }

    @Test
    void whatABatchBringsIsRunWhenTheNextHasBegun() {
        List<String> order = new ArrayList<>();
        batches.add(ONE, 1);
        batches.add(ONE, 2);
        ends.get(0).tryEmitValue(() -> order.add("after " + begun)).orThrow();
        assertThat(order).containsExactly("after [[1], [2]]");
    }

    @Test
    void aBatchThatFailsIsFollowedByTheNext() {
        batches.add(ONE, 1);
        batches.add(ONE, 2);
        ends.get(0).tryEmitError(new IllegalStateException("away")).orThrow();
        assertThat(begun).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void oneThatIsNotFullWaitsForMore() {
        HandTurnedScheduler timer = new HandTurnedScheduler();
        Batches<String, Integer> patient = patient(timer);
        patient.add(ONE, 1);
        patient.add(ONE, 2);
        assertThat(begun).isEmpty();
        timer.advance(LINGER.minusNanos(1));
        assertThat(begun).isEmpty();
        timer.advance(LINGER);
        assertThat(begun).containsExactly(List.of(1, 2));
        patient.add(ONE, 3);
        end(0);
        assertThat(begun).hasSize(1);
        timer.advance(LINGER);
        assertThat(begun).containsExactly(List.of(1, 2), List.of(3));
    }

    @Test
    void oneThatIsFullDoesNotWait() {
        HandTurnedScheduler timer = new HandTurnedScheduler();
        Batches<String, Integer> patient = patient(timer);
        for (int i = 1; i <= 7; i++) {
            patient.add(ONE, i);
        }
        assertThat(begun).containsExactly(List.of(1, 2, 3));
        end(0);
        assertThat(begun).containsExactly(List.of(1, 2, 3), List.of(4, 5, 6));
        end(1);
        assertThat(begun).hasSize(2);
        timer.advance(LINGER);
        assertThat(begun).containsExactly(List.of(1, 2, 3), List.of(4, 5, 6), List.of(7));
    }

    @Test
    void anAlarmThatComesTooLateBeginsNothingTwice() {
        HandTurnedScheduler timer = new HandTurnedScheduler();
        Batches<String, Integer> patient = patient(timer);
        for (int i = 1; i <= 3; i++) {
            patient.add(ONE, i);
        }
        timer.advance(LINGER);
        assertThat(begun).containsExactly(List.of(1, 2, 3));
        end(0);
        timer.advance(LINGER);
        assertThat(begun).hasSize(1);
    }

    private Batches<String, Integer> patient(HandTurnedScheduler timer) {
        return new Batches<>(3, LINGER, timer, (kind, batch) -> begun(batch));
    }

    @Test
    void manyThreadsLoseNothingAndNothingIsDoneBesideAnother() throws InterruptedException {
        thrown(Duration.ZERO);
    }

    @Test
    void manyThreadsLoseNothingEitherWhereBatchesWait() throws InterruptedException {
        thrown(Duration.ofNanos(100_000));
    }

    private static void thrown(Duration linger) throws InterruptedException {
        int threads = 4;
        int each = 2_000;
        CountDownLatch left = new CountDownLatch(threads * each);
        ConcurrentLinkedQueue<Integer> done = new ConcurrentLinkedQueue<>();
        List<Integer> underWay = new ArrayList<>();
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        Batches<String, Integer> busy = new Batches<>(
                64,
                linger,
                Schedulers.parallel(),
                (kind, batch) -> Mono.<Runnable>fromRunnable(() -> {
                            underWay.addAll(batch);
                            if (underWay.size() != batch.size()) {
                                wrong.add("two batches at once");
                            }
                            underWay.clear();
                            done.addAll(batch);
                            batch.forEach(one -> left.countDown());
                        })
                        .subscribeOn(Schedulers.parallel()));
        List<Thread> adding = IntStream.range(0, threads)
                .mapToObj(thread -> new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        busy.add(ONE, thread * each + i);
                    }
                }))
                .toList();
        adding.forEach(Thread::start);
        left.await();
        assertThat(wrong).isEmpty();
        assertThat(done).hasSize(threads * each).doesNotHaveDuplicates();
    }
}
