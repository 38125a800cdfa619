package dev.chatelaine.http.session;

import dev.chatelaine.http.server.SocketSource;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.session.Missed;
import dev.chatelaine.vault.session.RuntimeAccess;
import dev.chatelaine.vault.session.SessionNews;
import java.time.Clock;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one socket has been told of its session and has to be. What comes while a frame is on its way is merged: the keys
 * of all changes, under the newest revision. Safe for several threads.
 */
final class SessionSource implements SocketSource {
    private static final int NORMAL = 1000;
    private static final int POLICY_VIOLATION = 1008;

    private final RuntimeAccess access;
    private final Clock clock;
    private final Consumer<SessionSource> end;
    private Runnable wake = () -> {};
    private Phase phase = Phase.WAITING;
    private long greeted;
    private long revision;
    private boolean stopped;
    private int goodbye = NORMAL;
    private @Nullable SortedSet<KeyName> changed;

    /** How far the conversation is. */
    private enum Phase {
        /** What was missed is not known yet. */
        WAITING,
        GREETING,
        TELLING,
        LEAVING,
        OVER
    }

    /**
     * A source that has nothing to say until it is told what was missed.
     *
     * @param end told when its socket is closed
     */
    SessionSource(RuntimeAccess access, Clock clock, Consumer<SessionSource> end) {
        this.access = access;
        this.revision = access.firstRevision();
        this.clock = clock;
        this.end = end;
    }

    RuntimeAccess access() {
        return access;
    }

    /** The revision that it was last told of. */
    synchronized long revision() {
        return revision;
    }

    /** Begins with what the runtime missed; of the news that came before, those remain that are newer. */
    synchronized void begin(Missed missed) {
        greeted = missed.revision();
        if (revision <= missed.revision()) {
            revision = missed.revision();
            changed = null;
        }
        add(missed.keys());
        phase = Phase.GREETING;
    }

    /** Takes in news; those that are older than what is known, or than the token, are none. */
    void tell(SessionNews news) {
        synchronized (this) {
            if (news.stopped()) {
                stopped |= news.revision() >= access.firstRevision();
            } else if (news.revision() > revision) {
                revision = news.revision();
                add(news.changedKeys());
            }
        }
        wake();
    }

    /** Tells that the session was stopped since the token was made. */
    void stop() {
        synchronized (this) {
            stopped = true;
        }
        wake();
    }

    /** Makes place for a newer socket of the same session. */
    void giveWay() {
        synchronized (this) {
            goodbye = POLICY_VIOLATION;
            phase = Phase.LEAVING;
        }
        wake();
    }

    private void add(Collection<KeyName> keys) {
        if (!keys.isEmpty()) {
            SortedSet<KeyName> all = changed == null ? new TreeSet<>() : changed;
            all.addAll(keys);
            changed = all;
        }
    }

    private void wake() {
        Runnable waking;
        synchronized (this) {
            waking = wake;
        }
        waking.run();
    }

    @Override
    public void opened(Runnable wakes) {
        synchronized (this) {
            wake = wakes;
        }
        wakes.run();
    }

    @Override
    public synchronized @Nullable Outgoing next() {
        return switch (phase) {
            case WAITING, OVER -> null;
            case GREETING -> {
                phase = Phase.TELLING;
                yield Frames.hello(greeted);
            }
            case TELLING -> told();
            case LEAVING -> {
                phase = Phase.OVER;
                yield new Close(goodbye);
            }
        };
    }

    private @Nullable Outgoing told() {
        if (stopped) {
            phase = Phase.LEAVING;
            return Frames.stopped();
        }
        SortedSet<KeyName> keys = changed;
        changed = null;
        return keys == null ? null : Frames.update(keys, revision);
    }

    @Override
    public synchronized void pulse() {
        stopped |= !clock.instant().isBefore(access.expiresAt());
    }

    @Override
    public void closed() {
        end.accept(this);
    }
}
