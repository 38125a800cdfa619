package dev.chatelaine.mcp.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** A session from its opening to its end, with a child that has its values. */
public final class SessionRuntime {
    /** The exit code when a child was ended because its session is over: EX_TEMPFAIL of {@code sysexits.h}. */
    public static final int SESSION_OVER = 75;

    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final SessionServer server;
    private final Supplier<Credentials> person;
    private final RandomGenerator random;
    private final Consumer<String> notes;
    private final News news = new News();

    /**
     * The runtime on a server.
     *
     * @param person gives the credentials for REST, each time they are needed
     * @param random spreads attempts to connect
     * @param notes takes what the person should know, without values
     */
    public SessionRuntime(
            SessionServer server, Supplier<Credentials> person, RandomGenerator random, Consumer<String> notes) {
        this.server = server;
        this.person = person;
        this.random = random;
        this.notes = notes;
    }

    /** This process was told to end: the child is told, and its end is that of {@link #run}. Safe for any thread. */
    public void tell() {
        news.tell();
    }

    /**
     * Opens a session, runs a child in it, and stops the session when the child has ended.
     *
     * @return the child's exit code, or {@link #SESSION_OVER}
     * @throws ServerRefusedException when the server will not open it
     * @throws dev.chatelaine.vault.VaultException when there is no server, or the child cannot be started
     */
    public int run(SessionRequest request, ChildPlan plan, Manner manner) throws InterruptedException {
        server.requireListening();
        OpenedSession session = server.open(person.get(), request);
        try {
            SessionValues first = first(session);
            try (SessionFeed feed = feed(session, first.revision()).start()) {
                return new Supervision(plan, manner, news, notes, first).run();
            }
        } finally {
            stop(session);
        }
    }

    private SessionValues first(OpenedSession session) throws InterruptedException {
        try {
            return server.values(session);
        } catch (IOException | SessionOverException e) {
            throw new ServerRefusedException(
                    0,
                    "vault_unavailable",
                    "The server opened a session and then did not give its values (" + e.getMessage()
                            + "). Nothing was started.",
                    null,
                    null);
        }
    }

    private SessionFeed feed(OpenedSession session, long revision) {
        return new SessionFeed(
                server,
                session,
                revision,
                news,
                SessionFeed.Patience.USUAL,
                new Backoff(FIRST_WAIT, LONGEST_WAIT, random),
                new Outage(server.origin(), QUIET, notes));
    }

    /** As far as that is possible: a session whose token has expired is stopped by the server. */
    private void stop(OpenedSession session) throws InterruptedException {
        if (news.over() != null) {
            return;
        }
        try {
            server.stop(person.get(), session.id());
        } catch (IOException | RuntimeException e) {
            notes.accept("the session " + session.id() + " could not be stopped; its token counts until "
                    + session.expiresAt() + ".");
        }
    }
}
