package dev.chatelaine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestDatabase;
import dev.chatelaine.vault.VaultException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What both databases promise. */
@Timeout(60)
class DatabaseTest {
    @TempDir
    Path folder;

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private Database database;

    @BeforeEach
    void open() {
        database = opened();
    }

    @AfterEach
    void close() {
        database.close();
        pool.shutdownNow();
    }

    @Test
    void aWriteThatThrowsLeavesNothing() {
        assertThatThrownBy(() -> database.write(Scope.VAULT, tx -> {
                    insert(tx, "gone");
                    throw new IllegalStateException("halfway");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(tenants()).isEmpty();
    }

    @Test
    void aPartThatThrowsLeavesNothingAndTheRestGoesOn() {
        List<String> collected = new ArrayList<>();
        Transaction.Collected<String> collector = (tx, items) -> {
            collected.addAll(items);
            insert(tx, "collected");
        };
        database.write(Scope.VAULT, tx -> {
            insert(tx, "before");
            tx.collect(collector, "first");
            for (String name : List.of("one", "two", "three")) {
                assertThatThrownBy(() -> tx.part(() -> {
                            insert(tx, name);
                            insert(tx, name + "-more");
                            tx.collect(collector, name);
                            throw new IllegalStateException(name);
                        }))
                        .isInstanceOf(IllegalStateException.class);
                assertThat(tx.part(() -> insert(tx, name + "-again"))).isEqualTo(1);
            }
            assertThatThrownBy(() -> tx.part(() -> {
                        throw new IllegalStateException("before any change");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> tx.part(() -> tx.part(() -> insert(tx, "nested"))))
                    .isInstanceOf(IllegalStateException.class);
            tx.collect(collector, "last");
            assertThat(collected).isEmpty();
            return insert(tx, "after");
        });
        assertThat(tenants())
                .containsExactlyInAnyOrder("before", "one-again", "two-again", "three-again", "after", "collected");
        assertThat(collected).containsExactly("first", "last");
    }

    @Test
    void aDatabaseThatFailsInAPartHasFailedTheWhole() {
        assertThatThrownBy(() -> database.write(Scope.VAULT, tx -> {
                    insert(tx, "before");
                    return tx.part(() ->
                            tx.update("INSERT INTO nowhere (a) VALUES (1)").execute());
                }))
                .isInstanceOf(VaultException.class);
        assertThat(tenants()).isEmpty();
    }

    @Test
    void whatFailsAtTheEndHasFailedTheWhole() {
        assertThatThrownBy(() -> database.write(Scope.VAULT, tx -> {
                    tx.<String>collect(
                            (end, items) -> {
                                throw new IllegalStateException("at the end");
                            },
                            "item");
                    return insert(tx, "before");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(tenants()).isEmpty();
    }

    @Test
    void whatWasFoundOutIsFoundOutAgainWhereItIsForgottenOrAPartWasUndone() {
        database.write(Scope.VAULT, tx -> {
            assertThat(tx.once("count", () -> count(tx))).isZero();
            insert(tx, "one");
            assertThat(tx.once("count", () -> count(tx))).isZero();
            tx.forget("count");
            assertThat(tx.once("count", () -> count(tx))).isEqualTo(1);
            assertThatThrownBy(() -> tx.part(() -> {
                        insert(tx, "two");
                        assertThat(tx.once("inside", () -> count(tx))).isEqualTo(2);
                        throw new IllegalStateException("undone");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            return assertThat(tx.once("inside", () -> count(tx))).isEqualTo(1);
        });
    }

    @Test
    void aReaderSeesOneSnapshotWhileOthersWrite() {
        database.write(Scope.VAULT, tx -> insert(tx, "one"));
        database.read(tx -> {
            long before = count(tx);
            inAnotherThread(() -> database.write(Scope.VAULT, other -> insert(other, "two")));
            assertThat(count(tx)).isEqualTo(before);
            return null;
        });
        assertThat(tenants()).containsExactly("one", "two");
    }

    @Test
    void anInterruptedWriterIsRefusedAndTheOthersGoOn() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (Database elsewhere = opened()) {
            Future<Integer> holder = pool.submit(() -> elsewhere.write(Scope.VAULT, tx -> {
                inside.countDown();
                awaited(release);
                return insert(tx, "holder");
            }));
            inside.await();
            Thread[] waiting = new Thread[1];
            CountDownLatch begun = new CountDownLatch(1);
            Future<ErrorCode> interrupted = pool.submit(() -> {
                waiting[0] = Thread.currentThread();
                begun.countDown();
                try {
                    database.write(Scope.VAULT, tx -> insert(tx, "interrupted"));
                    return null;
                } catch (VaultException e) {
                    return e.code();
                }
            });
            begun.await();
            Future<Integer> patient = pool.submit(() -> database.write(Scope.VAULT, tx -> insert(tx, "patient")));
            waiting[0].interrupt();
            release.countDown();
            assertThat(holder.get()).isEqualTo(1);
            assertThat(interrupted.get()).isIn(ErrorCode.VAULT_UNAVAILABLE, null);
            assertThat(patient.get()).isEqualTo(1);
            boolean refused = interrupted.get() != null;
            assertThat(tenants().contains("interrupted")).isEqualTo(!refused);
        }
        database.write(Scope.VAULT, tx -> insert(tx, "later"));
        assertThat(tenants()).contains("holder", "patient", "later");
    }

    @Test
    void aThreadThatIsInterruptedAlreadyWritesNothingAndHarmsNobody() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> database.write(Scope.VAULT, tx -> insert(tx, "interrupted")))
                    .isInstanceOf(VaultException.class)
                    .hasMessageContaining("interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        database.write(Scope.VAULT, tx -> insert(tx, "later"));
        assertThat(tenants()).containsExactly("later");
    }

    @Test
    void closingWaitsForTheWriteUnderWayWhichSucceeds() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Future<Integer> writer = pool.submit(() -> database.write(Scope.VAULT, tx -> {
            inside.countDown();
            awaited(release);
            return insert(tx, "kept");
        }));
        inside.await();
        Future<?> closing = pool.submit(database::close);
        release.countDown();
        assertThat(writer.get()).isEqualTo(1);
        closing.get();
        assertThatThrownBy(() -> database.write(Scope.VAULT, tx -> insert(tx, "late")))
                .isInstanceOf(VaultException.class);
        open();
        assertThat(tenants()).containsExactly("kept");
    }

    @Test
    void aDeadlockOfTwoVaultsInOneProcessDoesNotHappen() throws Exception {
        try (Database second = opened()) {
            List<Future<Integer>> writes = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String name = "t" + i;
                Database one = i % 2 == 0 ? database : second;
                writes.add(pool.submit(() -> one.write(Scope.VAULT, tx -> insert(tx, name))));
            }
            for (Future<Integer> write : writes) {
                assertThat(write.get()).isEqualTo(1);
            }
        }
        assertThat(tenants()).hasSize(40);
    }

    @Test
    void whatIsAnnouncedWakesThoseWhoWaitOnceItIsCommitted() throws Exception {
        try (Wakeups wakeups = database.wakeups()) {
            quiet(wakeups);
            database.write(Scope.VAULT, tx -> {
                tx.announce();
                tx.announce();
                return insert(tx, "one");
            });
            assertThat(wakeups.await(Duration.ofSeconds(10))).isTrue();
            quiet(wakeups);
            database.write(Scope.VAULT, tx -> insert(tx, "unannounced"));
            assertThatThrownBy(() -> database.write(Scope.VAULT, tx -> {
                        tx.announce();
                        throw new IllegalStateException("rolled back");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(wakeups.await(Duration.ofMillis(100))).isFalse();
        }
    }

    /** Until nothing more comes of what was announced before. */
    private static void quiet(Wakeups wakeups) throws InterruptedException {
        while (wakeups.await(Duration.ofMillis(500))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void manyRowsAreChangedTogether() {
        int[] inserted = database.write(Scope.VAULT, tx -> {
            PreparedBatch batch = tx.batch("INSERT INTO tenants (tenant, plan, created_at) VALUES (:tenant, 'pro', 0)");
            for (int i = 0; i < 100; i++) {
                batch.bind("tenant", "t" + i).add();
            }
            return batch.execute();
        });
        assertThat(inserted).hasSize(100).containsOnly(1);
        assertThat(tenants()).hasSize(100);
    }

    private Database opened() {
        return TestDatabase.of(folder.resolve("vault.db")).location().open(Clock.systemUTC());
    }

    private static int insert(Transaction tx, String tenant) {
        return tx.update("INSERT INTO tenants (tenant, plan, created_at) VALUES (:tenant, 'pro', 0)")
                .bind("tenant", tenant)
                .execute();
    }

    private static long count(Transaction tx) {
        return tx.query("SELECT COUNT(*) FROM tenants").mapTo(Long.class).one();
    }

    private List<String> tenants() {
        return database.read(tx -> tx.query("SELECT tenant FROM tenants ORDER BY tenant")
                .mapTo(String.class)
                .list());
    }

    private void inAnotherThread(Runnable work) {
        try {
            pool.submit(work).get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
