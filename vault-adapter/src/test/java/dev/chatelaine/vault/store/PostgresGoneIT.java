package dev.chatelaine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.FreePort;
import dev.chatelaine.vault.PostgresServer;
import dev.chatelaine.vault.TcpProxy;
import dev.chatelaine.vault.VaultException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away, and comes back. */
class PostgresGoneIT extends OnPostgres {
    private static final Duration SOON = Duration.ofMillis(50);

    @TempDir
    Path folder;

    @Test
    void whileTheServerIsStoppedCallsAreRefusedAndAfterwardsAllGoesOn() throws Exception {
        int port = FreePort.next();
        PostgresServer own = PostgresServer.start(folder.resolve("pg"), port);
        Database database = open(own.create("vault"), IMPATIENT);
        try (Wakeups wakeups = database.wakeups()) {
            database.write(Scope.VAULT, tx -> insert(tx, "before"));
            own.close();
            for (int i = 0; i < 3; i++) {
                assertUnavailable(() -> count(database));
                assertUnavailable(() -> database.write(Scope.VAULT, tx -> insert(tx, "meanwhile")));
            }
            own = PostgresServer.start(folder.resolve("pg"), port);
            while (catchThrowable(() -> count(database)) instanceof VaultException) {
                Thread.onSpinWait();
            }
            assertThat(insert(database, Scope.VAULT, "after")).isEqualTo(1);
            assertThat(count(database)).isEqualTo(2);
            assertHears(wakeups, own);
        } finally {
            own.close();
        }
    }

    /** Nothing comes any more, and nothing says so: as when a firewall forgets a connection. */
    @Test
    void aNotifyConnectionThatIsCutSilentlyIsNoticedAndMadeAnew() throws Exception {
        String name = made();
        try (TcpProxy proxy = new TcpProxy(server().port())) {
            String through = server().url(name).replace(":" + server().port() + "/", ":" + proxy.port() + "/");
            Database node = open(through, IMPATIENT);
            try (Wakeups wakeups = node.wakeups()) {
                assertThat(wakeups.await(Duration.ofSeconds(30)))
                        .as("connected")
                        .isTrue();
                Database other = open(server().url(name), PostgresLimits.USUAL);
                announce(other);
                assertThat(wakeups.await(Duration.ofSeconds(30))).as("heard").isTrue();

                proxy.silence();
                long before = System.nanoTime();
                announce(other);
                assertThat(wakeups.await(SOON)).as("heard through silence").isFalse();
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));

                assertThat(wakeups.await(Duration.ofSeconds(30)))
                        .as("connected anew")
                        .isTrue();
                while (wakeups.await(SOON)) {
                    Thread.onSpinWait();
                }
                announce(other);
                assertThat(wakeups.await(Duration.ofSeconds(30)))
                        .as("heard again")
                        .isTrue();
            }
        }
    }

    @Test
    void connectionsThatWereCutWhileUnusedAreReplaced() throws Exception {
        String name = made();
        try (TcpProxy proxy = new TcpProxy(server().port())) {
            String through = server().url(name).replace(":" + server().port() + "/", ":" + proxy.port() + "/");
            Database node = open(through, IMPATIENT);
            node.write(Scope.VAULT, tx -> insert(tx, "one"));
            assertThat(count(node)).isEqualTo(1);
            proxy.cut();
            // At most the connections that were used a moment ago are not asked first whether they are alive.
            assertAtMostUnavailable(catchThrowable(() -> count(node)));
            assertAtMostUnavailable(catchThrowable(() -> node.write(Scope.VAULT, tx -> insert(tx, "two"))));
            assertThat(insert(node, Scope.VAULT, "three")).isEqualTo(1);
            assertThat(count(node)).isGreaterThanOrEqualTo(2);
        }
    }

    private static void assertAtMostUnavailable(@Nullable Throwable thrown) {
        assertThat(thrown == null || thrown instanceof VaultException)
                .as("%s", thrown)
                .isTrue();
    }

    private static void announce(Database database) {
        database.write(Scope.VAULT, tx -> {
            tx.announce();
            return true;
        });
    }

    /** An announcement of another node, as soon as there is a connection again. */
    private void assertHears(Wakeups wakeups, PostgresServer own) throws InterruptedException {
        assertThat(wakeups.await(Duration.ofSeconds(30))).as("connected").isTrue();
        Database other = open(own.url("vault"), IMPATIENT);
        while (wakeups.await(SOON)) {
            Thread.onSpinWait();
        }
        announce(other);
        assertThat(wakeups.await(Duration.ofSeconds(30))).as("heard").isTrue();
        other.close();
    }

    private static void assertUnavailable(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        VaultException refused = refusal(call);
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.code()).isEqualTo(ErrorCode.VAULT_UNAVAILABLE);
        assertThat(refused.text()).contains("database").doesNotContain("passw");
        assertThat(refused.next()).isNotNull();
    }
}
