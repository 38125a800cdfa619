package dev.chatelaine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes that write at once. */
class PostgresTurnsIT extends OnPostgres {
    private static final Scope ACME = Scope.tenant(new TenantId("acme"));
    private static final Scope OTHER = Scope.tenant(new TenantId("other"));

    private String url = "";
    private Database one;
    private Database two;

    @BeforeEach
    void twoNodes() {
        url = server().url(made());
        one = open(url, PostgresLimits.USUAL);
        two = open(url, PostgresLimits.USUAL);
    }

    @Test
    void writersOfDifferentTenantsGoOnSideBySide() {
        CountDownLatch other = new CountDownLatch(1);
        Future<Integer> long_ = pool.submit(() -> one.write(ACME, tx -> {
            awaited(other);
            return insert(tx, "acme");
        }));
        int inserted = insert(two, OTHER, "other");
        other.countDown();
        assertThat(inserted).isEqualTo(1);
        assertThat(long_).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo(1);
    }

    @Test
    void writersOfOneTenantSeeWhatTheOneBeforeCommitted() throws Exception {
        one.write(ACME, tx -> insert(tx, "acme"));
        List<Future<Integer>> writers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Database node = i % 2 == 0 ? one : two;
            writers.add(pool.submit(() -> node.write(ACME, PostgresTurnsIT::raise)));
        }
        for (Future<Integer> writer : writers) {
            assertThat(writer.get()).isEqualTo(1);
        }
        long sum = one.read(tx ->
                tx.query("SELECT created_at FROM tenants").mapTo(Long.class).one());
        assertThat(sum).isEqualTo(40);
    }

    /** Reads, and writes what it read and one more: a lost update would be one too few. */
    private static int raise(Transaction tx) {
        long now = tx.query("SELECT created_at FROM tenants WHERE tenant = 'acme'")
                .mapTo(Long.class)
                .one();
        return tx.update("UPDATE tenants SET created_at = :next WHERE tenant = 'acme'")
                .bind("next", now + 1)
                .execute();
    }

    @Test
    void aDeadlockIsUndoneAndBothSucceed() throws Exception {
        one.write(Scope.VAULT, tx -> insert(tx, "a") + insert(tx, "b"));
        CyclicBarrier crossed = new CyclicBarrier(2);
        AtomicInteger attempts = new AtomicInteger();
        Future<Integer> first = pool.submit(() -> one.write(ACME, tx -> both(tx, "a", "b", attempts, crossed)));
        Future<Integer> second = pool.submit(() -> two.write(OTHER, tx -> both(tx, "b", "a", attempts, crossed)));
        assertThat(first.get()).isEqualTo(1);
        assertThat(second.get()).isEqualTo(1);
        assertThat(attempts.get()).isEqualTo(3);
        List<Long> touched = one.read(tx ->
                tx.query("SELECT created_at FROM tenants").mapTo(Long.class).list());
        assertThat(touched).containsExactly(2L, 2L);
    }

    private static int both(Transaction tx, String one, String other, AtomicInteger attempts, CyclicBarrier crossed) {
        boolean early = attempts.incrementAndGet() <= 2;
        touch(tx, one);
        if (early) {
            try {
                crossed.await();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        return touch(tx, other);
    }

    private static int touch(Transaction tx, String tenant) {
        return tx.update("UPDATE tenants SET created_at = created_at + 1 WHERE tenant = :tenant")
                .bind("tenant", tenant)
                .execute();
    }

    @Test
    void whatIsUndoneForEverIsRefusedAfterSomeAttempts() {
        AtomicInteger attempts = new AtomicInteger();
        VaultException refused = refusal(() -> one.write(ACME, tx -> {
            attempts.incrementAndGet();
            insert(tx, "acme");
            return tx.update("DO $$ BEGIN RAISE 'not now' USING ERRCODE = 'serialization_failure'; END $$")
                    .execute();
        }));
        assertThat(refused.code()).isEqualTo(ErrorCode.VAULT_UNAVAILABLE);
        assertThat(attempts.get()).isEqualTo(8);
        assertThat(count(one)).isZero();
    }

    @Test
    void aTurnThatDoesNotComeIsRefusedInTime() {
        Database impatient = open(url, IMPATIENT);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        Future<Integer> holder = pool.submit(() -> one.write(ACME, tx -> {
            inside.countDown();
            awaited(release);
            return insert(tx, "acme");
        }));
        awaited(inside);
        assertThat(refusal(() -> impatient.write(ACME, tx -> insert(tx, "late"))))
                .hasMessageContaining("took too long. Nothing was changed");
        release.countDown();
        assertThat(holder).succeedsWithin(20, TimeUnit.SECONDS);
        assertThat(insert(impatient, ACME, "then")).isEqualTo(1);
        assertThat(count(one)).isEqualTo(2);
    }

    /** Those who wait for one tenant's turn wait on one connection, so that other tenants' writers find one. */
    @Test
    void manyWaitersOfOneTenantLeaveConnectionsForOthers() {
        Database small = open(url, IMPATIENT);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        Future<Integer> holder = pool.submit(() -> small.write(ACME, tx -> {
            inside.countDown();
            awaited(release);
            return 1;
        }));
        awaited(inside);
        for (int i = 0; i < 10; i++) {
            pool.execute(() -> small.write(ACME, tx -> 1));
        }
        assertThat(insert(small, OTHER, "other")).isEqualTo(1);
        release.countDown();
        assertThat(holder).succeedsWithin(20, TimeUnit.SECONDS);
    }
}
