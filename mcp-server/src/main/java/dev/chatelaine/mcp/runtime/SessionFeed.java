package dev.chatelaine.mcp.runtime;

import dev.chatelaine.vault.VaultException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Follows a session in a thread of its own and fetches its values whenever they change. A connection that ends is made
 * again, for as long as it takes; what was missed meanwhile is asked for by the newest revision that is known.
 */
final class SessionFeed implements AutoCloseable {
    private final SessionServer server;
    private final OpenedSession session;
    private final Listener listener;
    private final Patience patience;
    private final Backoff backoff;
    private final Outage outage;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "session-events");
    private long revision;

    /** Who is told. Calls come from the feed's thread. */
    interface Listener {
        /** There are newer values. */
        void values(SessionValues newest);

        /** Nothing more will come, and why. */
        void over(String why);
    }

    /**
     * A feed that is not started yet.
     *
     * @param revision that of the values that are known
     */
    SessionFeed(
            SessionServer server,
            OpenedSession session,
            long revision,
            Listener listener,
            Patience patience,
            Backoff backoff,
            Outage outage) {
        this.server = server;
        this.session = session;
        this.revision = revision;
        this.listener = listener;
        this.patience = patience;
        this.backoff = backoff;
        this.outage = outage;
        thread.setDaemon(true);
    }

    /**
     * How long things may take.
     *
     * @param silence how long a server that sends pings may be silent
     * @param settled how long a connection must hold before the waits between attempts begin anew
     */
    record Patience(Duration silence, Duration settled) {
        /** For a server that sends a ping every 20 seconds. */
        static final Patience USUAL = new Patience(Duration.ofSeconds(65), Duration.ofSeconds(10));
    }

    SessionFeed start() {
        thread.start();
        return this;
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                long begun = System.nanoTime();
                String trouble = followed();
                if (trouble.isEmpty()) {
                    return;
                }
                outage.trouble(trouble);
                if (System.nanoTime() - begun > patience.settled().toNanos()) {
                    backoff.reset();
                }
                if (closed.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Follows one connection to its end, and says what ended it: nothing where the session is over. */
    private String followed() throws InterruptedException {
        try (EventStream stream = server.events(session, revision)) {
            outage.over();
            while (true) {
                if (!seeTo(stream.next(patience.silence()))) {
                    return "";
                }
            }
        } catch (SessionOverException e) {
            listener.over(String.valueOf(e.getMessage()));
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private boolean seeTo(List<SessionEvent> events) throws IOException, InterruptedException, SessionOverException {
        if (events.stream().anyMatch(event -> event.kind() == SessionEvent.Kind.STOPPED)) {
            listener.over("it was stopped");
            return false;
        }
        long newest = events.stream().mapToLong(SessionEvent::revision).max().orElse(0);
        if (newest > revision) {
            fetch(newest);
        }
        return true;
    }

    private void fetch(long newest) throws IOException, InterruptedException, SessionOverException {
        try {
            SessionValues values = server.values(session);
            if (values.revision() < newest) {
                throw new IOException("the server gave older values than it announced");
            }
            revision = values.revision();
            listener.values(values);
        } catch (VaultException e) {
            revision = newest;
            outage.note("the values of revision " + newest + " cannot be used: " + e.text());
        }
    }
}
