package dev.chatelaine.mcp.entry;

import dev.chatelaine.http.entry.EntryRoutes;
import dev.chatelaine.http.entry.Person;
import dev.chatelaine.http.server.Callers;
import dev.chatelaine.http.server.ChatelaineServer;
import dev.chatelaine.http.server.HttpLimits;
import dev.chatelaine.http.server.HttpOptions;
import dev.chatelaine.http.server.HttpOptions.Listener;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.entry.EntryTickets;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A server on a free loopback port that has the entry page and nothing else. */
final class LocalEntryServer implements AutoCloseable {
    /** The process must end within a second of its host. */
    private static final Duration STOP = Duration.ofMillis(200);

    private final ChatelaineServer server;
    private final URI address;
    private final ScheduledExecutorService watch;
    private final Future<?> looks;

    private LocalEntryServer(ChatelaineServer server, Runnable everySecond) {
        this.server = server;
        this.address = server.address();
        this.watch = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "entry-page");
            thread.setDaemon(true);
            return thread;
        });
        this.looks = watch.scheduleWithFixedDelay(everySecond, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Serves the page to the one person at this machine.
     *
     * @param everySecond called for as long as it is served, and may close it
     * @throws dev.chatelaine.vault.VaultException {@code vault_unavailable} when no port can be listened on
     */
    static LocalEntryServer start(EntryTickets tickets, Actor actor, SecureRandom random, Runnable everySecond) {
        ChatelaineServer server = new ChatelaineServer(
                new HttpOptions(
                        new Listener("127.0.0.1", 0),
                        HttpOptions.LOOPBACK_HOSTS,
                        Set.of(),
                        null,
                        null,
                        HttpLimits.usual().stoppingIn(STOP)),
                EntryRoutes.of(tickets, Person.local(actor, random)),
                List.of(),
                Callers.nobody(),
                random);
        server.start();
        return new LocalEntryServer(server, everySecond);
    }

    URI address() {
        return address;
    }

    @Override
    public void close() {
        looks.cancel(false);
        watch.shutdown();
        server.close();
    }
}
