package dev.chatelaine.http.session;

import dev.chatelaine.http.server.SocketSource;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.session.Missed;
import dev.chatelaine.vault.session.SessionNews;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one socket has been told of its session and has to be. What comes while a frame is on its way is merged: the keys
 * of all changes, under the newest revision. Safe for several threads.
 */
final class SessionSource implements SocketSource {
    private static final int NORMAL = 1000;
    private static final int POLICY_VIOLATION = 1008;
    private static final long NEVER = -1;

    private final String sessionId;
    private final Instant expiresAt;
    private final Clock clock;
    private final SessionEvents events;
    private Runnable wake = () -> {};
    private Phase phase = Phase.WAITING;
    private long greeted;
    private long revision;
    private long stoppedAt = NEVER;
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
     * A source that is not to be asked yet.
     *
     * @param known the revision that the runtime knows
     */
    SessionSource(String sessionId, Instant expiresAt, long known, Clock clock, SessionEvents events) {
        this.sessionId = sessionId;
        this.expiresAt = expiresAt;
        this.revision = known;
        this.clock = clock;
        this.events = events;
    }

    String sessionId() {
        return sessionId;
    }

    /** The revision that it was last told of. */
    synchronized long revision() {
        return revision;
    }

    /** Begins with what the runtime missed. */
    synchronized void begin(Missed missed) {
        greeted = missed.revision();
        if (revision <= missed.revision()) {
            revision = missed.revision();
            changed = null;
        }
        add(missed.keys());
        phase = Phase.GREETING;
    }

    /** Takes in news; those that are older than what is known are none. */
    void tell(SessionNews news) {
        synchronized (this) {
            if (news.stopped()) {
                stoppedAt = Math.max(stoppedAt, news.revision());
            } else if (news.revision() > revision) {
                revision = news.revision();
                add(news.changedKeys());
            }
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

    /** That the session was stopped before this socket's token was made is no news to it. */
    private @Nullable Outgoing told() {
        if (stoppedAt >= greeted) {
            phase = Phase.LEAVING;
            return Frames.stopped();
        }
        SortedSet<KeyName> keys = changed;
        changed = null;
        return keys == null ? null : Frames.update(keys, revision);
    }

    @Override
    public synchronized void pulse() {
        if (!clock.instant().isBefore(expiresAt)) {
            stoppedAt = Math.max(stoppedAt, greeted);
        }
    }

    @Override
    public void closed() {
        events.remove(this);
    }
}
