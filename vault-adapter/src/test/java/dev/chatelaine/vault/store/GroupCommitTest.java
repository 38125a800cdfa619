package dev.chatelaine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupCommitTest {
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final List<List<Integer>> groups = new ArrayList<>();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final CompletableFuture<Boolean> interruptedStill = new CompletableFuture<>();

    @AfterEach
    void end() {
        pool.shutdownNow();
    }

    /** Doubles what is asked; the first group of all waits for {@link #go}. */
    private List<Integer> doubled(String key, List<Integer> questions) {
        boolean first;
        synchronized (groups) {
            first = groups.isEmpty();
            groups.add(List.copyOf(questions));
        }
        if (first) {
            entered.countDown();
            await(go);
        }
        if (questions.contains(13)) {
            throw new IllegalArgumentException(key);
        }
        return questions.stream().map(question -> question * 2).toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<Future<Integer>> askedMeanwhile(GroupCommit<String, Integer, Integer> commit, int... questions) {
        List<Future<Integer>> answers = new ArrayList<>();
        for (int question : questions) {
            answers.add(pool.submit(() -> commit.call("acme", question)));
            while (commit.waiting("acme") < answers.size()) {
                LockSupport.parkNanos(1_000_000);
            }
        }
        return answers;
    }

    @Test
    void aCallAloneIsMadeAtOnceAndAlone() {
        go.countDown();
        GroupCommit<String, Integer, Integer> commit = new GroupCommit<>(10, this::doubled);

        assertThat(commit.call("acme", 4)).isEqualTo(8);
        assertThat(commit.call("acme", 5)).isEqualTo(10);
        assertThat(groups).containsExactly(List.of(4), List.of(5));
    }

    @Test
    void thoseWhoComeMeanwhileAreOneGroupAndEachHasItsOwnAnswer() throws Exception {
        GroupCommit<String, Integer, Integer> commit = new GroupCommit<>(100, this::doubled);
        Future<Integer> first = pool.submit(() -> commit.call("acme", 1));
        await(entered);
        int[] others = IntStream.rangeClosed(20, 39).toArray();
        List<Future<Integer>> answers = askedMeanwhile(commit, others);

        go.countDown();

        assertThat(first.get()).isEqualTo(2);
        for (int i = 0; i < others.length; i++) {
            assertThat(answers.get(i).get()).isEqualTo(others[i] * 2);
        }
        assertThat(groups).hasSize(2);
        assertThat(groups.get(1)).containsExactly(IntStream.of(others).boxed().toArray(Integer[]::new));
    }

    @Test
    void aGroupIsNoLargerThanItMayBe() throws Exception {
        GroupCommit<String, Integer, Integer> commit = new GroupCommit<>(3, this::doubled);
        Future<Integer> first = pool.submit(() -> commit.call("acme", 1));
        await(entered);
        List<Future<Integer>> answers = askedMeanwhile(commit, 2, 3, 4, 5, 6, 7, 8);

        go.countDown();

        assertThat(first.get()).isEqualTo(2);
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isBetween(4, 16);
        }
        assertThat(groups).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5, 6, 7), List.of(8));
    }

    @Test
    void aFailureIsThatOfItsGroupAlone() throws Exception {
        GroupCommit<String, Integer, Integer> commit = new GroupCommit<>(100, this::doubled);
        Future<Integer> first = pool.submit(() -> commit.call("acme", 1));
        await(entered);
        List<Future<Integer>> answers = askedMeanwhile(commit, 12, 13);

        go.countDown();

        assertThat(first.get()).isEqualTo(2);
        for (Future<Integer> answer : answers) {
            assertThatThrownBy(answer::get).hasRootCauseInstanceOf(IllegalArgumentException.class);
        }
        assertThat(commit.call("acme", 5)).isEqualTo(10);
    }

    /** Whoever makes the group is told by the interruption to stop; the others were not. */
    @Test
    void anInterruptionIsTheFailureOfTheOneWhoWasInterruptedAlone() throws Exception {
        GroupCommit<String, Integer, Integer> commit = new GroupCommit<>(100, this::doubledUnlessInterrupted);
        Future<Integer> first = pool.submit(() -> commit.call("acme", 1));
        await(entered);
        Thread leader = new Thread(() -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> commit.call("acme", 2)).isInstanceOf(IllegalStateException.class);
            interruptedStill.complete(Thread.currentThread().isInterrupted());
        });
        leader.start();
        while (commit.waiting("acme") < 1) {
            LockSupport.parkNanos(1_000_000);
        }
        List<Future<Integer>> others = new ArrayList<>();
        for (int question = 3; question < 6; question++) {
            int asked = question;
            others.add(pool.submit(() -> commit.call("acme", asked)));
            while (commit.waiting("acme") < asked - 1) {
                LockSupport.parkNanos(1_000_000);
            }
        }

        go.countDown();

        assertThat(first.get()).isEqualTo(2);
        for (int i = 0; i < 3; i++) {
            assertThat(others.get(i).get()).isEqualTo(2 * (3 + i));
        }
        assertThat(interruptedStill.get()).isTrue();
        assertThat(groups).containsExactly(List.of(1), List.of(2, 3, 4, 5), List.of(3, 4, 5));
    }

    private List<Integer> doubledUnlessInterrupted(String key, List<Integer> questions) {
        List<Integer> answers = doubled(key, questions);
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("interrupted");
        }
        return answers;
    }

    @Test
    void callsOfAnotherKeyDoNotWait() throws Exception {
        GroupCommit<String, Integer, Integer> commit = new GroupCommit<>(100, this::doubled);
        Future<Integer> first = pool.submit(() -> commit.call("acme", 1));
        await(entered);

        assertThat(commit.call("rival", 2)).isEqualTo(4);
        assertThat(first.isDone()).isFalse();
        go.countDown();
        assertThat(first.get()).isEqualTo(2);
    }
}
