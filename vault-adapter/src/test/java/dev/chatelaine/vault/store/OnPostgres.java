package dev.chatelaine.vault.store;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.chatelaine.vault.PostgresServer;
import dev.chatelaine.vault.VaultException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** A test of what is PostgreSQL's alone, with databases of its own that go with it. */
@Tag("postgresql")
@Timeout(120)
abstract class OnPostgres {
    /** A little patience everywhere, so that what takes too long is known soon. */
    static final PostgresLimits IMPATIENT = new PostgresLimits(
            2,
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final ExecutorService pool = Executors.newCachedThreadPool();
    private final Deque<Database> opened = new ArrayDeque<>();
    private final Deque<String> made = new ArrayDeque<>();

    @AfterEach
    void tidy() {
        pool.shutdownNow();
        opened.forEach(Database::close);
        made.forEach(name -> server().administer("DROP DATABASE " + name + " WITH (FORCE)"));
    }

    static PostgresServer server() {
        return PostgresServer.shared();
    }

    /** The name of a new database with nothing in it. */
    String made() {
        String name = "own_" + NUMBER.incrementAndGet();
        server().create(name);
        made.add(name);
        return name;
    }

    Database open(String url, PostgresLimits limits) {
        Database database = PostgresDatabase.open(PostgresUrl.parse(url), limits, Clock.systemUTC());
        opened.add(database);
        return database;
    }

    static VaultException refusal(ThrowingCallable call) {
        return catchThrowableOfType(VaultException.class, call);
    }

    static int insert(Transaction tx, String tenant) {
        return tx.update("INSERT INTO tenants (tenant, plan, created_at) VALUES (:tenant, 'pro', 0)")
                .bind("tenant", tenant)
                .execute();
    }

    static int insert(Database database, Scope scope, String tenant) {
        return database.write(scope, tx -> insert(tx, tenant));
    }

    static long count(Database database) {
        return database.read(
                tx -> tx.query("SELECT COUNT(*) FROM tenants").mapTo(Long.class).one());
    }

    static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
