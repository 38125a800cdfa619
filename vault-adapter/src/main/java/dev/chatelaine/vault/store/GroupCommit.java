package dev.chatelaine.vault.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Calls that have to take turns, made together: who comes while a group is under way waits for the next one, which one of
 * those who wait makes for all of them. A call alone is made at once. Safe for several threads; calls of different keys
 * do not wait for each other.
 *
 * <p>A group that fails has failed for everybody in it, unless the thread that made it was interrupted: that is one
 * caller's affair, and the others' calls are made again.
 *
 * @param <K> what calls take turns for
 * @param <Q> what is asked
 * @param <A> what is answered
 */
public final class GroupCommit<K, Q, A> {
    private final int most;
    private final Work<K, Q, A> work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<K, Group<Q, A>> groups = new HashMap<>();

    /** Makes a group of calls. */
    @FunctionalInterface
    public interface Work<K, Q, A> {
        /** Answers each question, in their order; where it throws, it has changed nothing. */
        List<A> answer(K key, List<Q> questions);
    }

    /** Groups of at most so many. */
    public GroupCommit(int most, Work<K, Q, A> work) {
        this.most = most;
        this.work = work;
    }

    /** Asks, with those who ask for the same key meanwhile. */
    public A call(K key, Q question) {
        Waiting<Q, A> mine = new Waiting<>(question, lock.newCondition());
        List<Waiting<Q, A>> led = enter(key, mine);
        if (!led.isEmpty()) {
            try {
                answer(key, led);
            } finally {
                leave(key, led);
            }
        }
        return mine.answer();
    }

    /** How many wait for the group of a key that is under way. */
    public int waiting(K key) {
        lock.lock();
        try {
            Group<Q, A> group = groups.get(key);
            return group == null ? 0 : group.waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the call is made by another, or is to lead: then it gives those whom it leads, itself among them. */
    private List<Waiting<Q, A>> enter(K key, Waiting<Q, A> mine) {
        lock.lock();
        try {
            Group<Q, A> group = groups.computeIfAbsent(key, any -> new Group<>());
            group.waiting.add(mine);
            while (!mine.isDone() && group.underWay) {
                mine.called.awaitUninterruptibly();
            }
            return mine.isDone() ? List.of() : group.lead(mine, most);
        } finally {
            lock.unlock();
        }
    }

    private void answer(K key, List<Waiting<Q, A>> led) {
        try {
            List<A> answers =
                    work.answer(key, led.stream().map(Waiting::question).toList());
            for (int i = 0; i < led.size(); i++) {
                led.get(i).done(answers.get(i), null);
            }
        } catch (RuntimeException e) {
            List<Waiting<Q, A>> failed = Thread.currentThread().isInterrupted() ? led.subList(0, 1) : led;
            failed.forEach(one -> one.done(null, e));
        }
    }

    private void leave(K key, List<Waiting<Q, A>> led) {
        lock.lock();
        try {
            Group<Q, A> group = Objects.requireNonNull(groups.get(key), "a group is there while it is under way");
            group.end(led);
            if (group.waiting.isEmpty()) {
                groups.remove(key);
            }
        } finally {
            lock.unlock();
        }
    }

    private static final class Group<Q, A> {
        private final Deque<Waiting<Q, A>> waiting = new ArrayDeque<>();
        private boolean underWay;

        /** The one who leads goes first, whoever else has waited longer goes along as far as there is room. */
        List<Waiting<Q, A>> lead(Waiting<Q, A> leader, int most) {
            underWay = true;
            waiting.remove(leader);
            List<Waiting<Q, A>> led = new ArrayList<>(List.of(leader));
            while (led.size() < most && !waiting.isEmpty()) {
                led.add(waiting.remove());
            }
            return led;
        }

        /** Lets those go who were led; who was led and has no answer is first among those who wait for the next turn. */
        void end(List<Waiting<Q, A>> led) {
            underWay = false;
            for (int i = led.size() - 1; i > 0; i--) {
                if (led.get(i).isDone()) {
                    led.get(i).called.signal();
                } else {
                    waiting.addFirst(led.get(i));
                }
            }
            if (!waiting.isEmpty()) {
                waiting.getFirst().called.signal();
            }
        }
    }

    private static final class Waiting<Q, A> {
        private final Q question;
        private final Condition called;
        private volatile boolean done;
        private @Nullable A answer;
        private @Nullable RuntimeException failure;

        Waiting(Q question, Condition called) {
            this.question = question;
            this.called = called;
        }

        Q question() {
            return question;
        }

        boolean isDone() {
            return done;
        }

        void done(@Nullable A given, @Nullable RuntimeException thrown) {
            answer = given;
            failure = thrown;
            done = true;
        }

        A answer() {
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(answer, "each question is answered");
        }
    }
}
