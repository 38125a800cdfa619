package dev.chatelaine.vault.session;

import dev.chatelaine.vault.announcement.Announcement;
import dev.chatelaine.vault.announcement.Announcements;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Wakeups;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a process what happened to the sessions that it speaks to, whichever process it happened in: a thread that is
 * woken by announcements, looks every half second anyhow, and stops expired sessions once a minute. It goes on where it
 * was when the database was gone for a while.
 */
public final class SessionFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionFeed.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long SWEEP_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Nothing was read yet, or what comes next cannot be known: everything is looked at. */
    private static final long UNKNOWN = -1;

    private final Database database;
    private final Announcements announcements;
    private final Sessions sessions;
    private final FollowedSessions followed;
    private final Thread thread;
    private volatile boolean closed;
    private long seen = UNKNOWN;
    private long swept = System.nanoTime();

    private SessionFeed(SessionParts parts, Sessions sessions, FollowedSessions followed) {
        this.database = parts.database();
        this.announcements = parts.announcements();
        this.sessions = sessions;
        this.followed = followed;
        this.thread = new Thread(this::run, "session-feed");
        this.thread.setDaemon(true);
    }

    /** Begins to tell. */
    public static SessionFeed start(SessionParts parts, Sessions sessions, FollowedSessions followed) {
        SessionFeed feed = new SessionFeed(parts, sessions, followed);
        feed.thread.start();
        return feed;
    }

    /** Ends it, and waits until nothing is told any more. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Wakeups wakeups = database.wakeups()) {
            while (!closed) {
                round();
                wakeups.await(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        try {
            look();
            sweep();
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.atWarn()
                        .addKeyValue("failure", e.getClass().getSimpleName())
                        .log("sessions are not told of changes for now");
            }
        }
    }

    /**
     * The announcements are read before the followed sessions are asked for, and what there is to tell after: who begins
     * to be followed in between reads what it missed itself.
     */
    private void look() {
        News news = database.read(tx -> {
            long last = announcements.last(tx);
            List<Announcement> fresh = seen == UNKNOWN || last == seen ? List.of() : announcements.after(tx, seen);
            return new News(last, last == seen ? Set.of() : sources(fresh, last));
        });
        if (news.sources() == null || !news.sources().isEmpty()) {
            tell(news.sources());
        }
        seen = news.last();
    }

    /** What changed; no set where that cannot be known, because some of it is no longer kept. */
    private record News(long last, @Nullable Set<String> sources) {}

    private @Nullable Set<String> sources(List<Announcement> fresh, long last) {
        boolean whole = seen != UNKNOWN && fresh.size() == last - seen;
        return whole ? fresh.stream().map(Announcement::sourceId).collect(Collectors.toSet()) : null;
    }

    private void tell(@Nullable Set<String> sources) {
        Map<String, Long> open = new HashMap<>(followed.openSessions());
        List<SessionNews> news = database.read(tx -> {
            if (sources != null) {
                open.keySet().retainAll(NewsReader.concerned(tx, sources));
            }
            return new NewsReader(tx, open).all();
        });
        news.forEach(followed::tell);
    }

    private void sweep() {
        if (System.nanoTime() - swept >= SWEEP_NANOS) {
            swept = System.nanoTime();
            sessions.expireEverywhere();
        }
    }
}
