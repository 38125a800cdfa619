package dev.chatelaine.vault.usage;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.usage.Requests.LIFE;
import static dev.chatelaine.vault.usage.Requests.cost;
import static dev.chatelaine.vault.usage.Requests.payer;
import static dev.chatelaine.vault.usage.Requests.quote;
import static dev.chatelaine.vault.usage.Requests.spend;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.Provider;
import dev.chatelaine.vault.store.Transaction;
import dev.chatelaine.vault.upstreamkey.KeyChoice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls of one tenant that come while another is under way: they are made in one transaction. */
@Timeout(120)
class LedgerGroupTest {
    private static final Provider OPENAI = Catalog.builtIn().provider("openai");

    @RegisterExtension
    final TestVault test = new TestVault();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Transaction> transactions =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    private Ledger ledger;
    private Payer jobs;

    @BeforeEach
    void aKeyWithACap() {
        ledger = test.vault().ledger();
        jobs = payer(test, "jobs", 1_000L);
        test.create("provider_key_openai", "sk-proj-0123456789abcdefWXYZ");
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** What each call ended in: its own text, or the code or message of what it threw. */
    private List<String> together(List<Callable<String>> calls) throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Future<?> first = threads.submit(() -> ledger.reserve(jobs, ledger.newRequestId(), quote(0L), LIFE, tx -> {
            entered.countDown();
            return awaited(go);
        }));
        assertThat(awaited(entered)).isTrue();
        List<Future<String>> answers = new ArrayList<>();
        for (Callable<String> call : calls) {
            answers.add(threads.submit(() -> outcome(call)));
            while (ledger.waiting(ACME) < answers.size()) {
                LockSupport.parkNanos(1_000_000);
            }
        }
        go.countDown();
        first.get();
        List<String> outcomes = new ArrayList<>();
        for (Future<String> answer : answers) {
            outcomes.add(answer.get());
        }
        return outcomes;
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String outcome(Callable<String> call) throws Exception {
        try {
            return call.call();
        } catch (VaultException e) {
            return e.code().code();
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private String reserve(Payer payer, long microUsd) {
        return reserve(payer, ledger.newRequestId(), microUsd);
    }

    private String reserve(Payer payer, String id, long microUsd) {
        return reserve(payer, id, microUsd, tx -> {});
    }

    /** Opens the tenant's key along, and does something after that. */
    private String reserve(Payer payer, String id, long microUsd, Consumer<Transaction> more) {
        ledger.reserve(payer, id, quote(microUsd), LIFE, tx -> {
            transactions.add(tx);
            var opened = test.vault().upstreamKeys().open(tx, payer.actor(), new KeyChoice.OfTenant(OPENAI));
            more.accept(tx);
            return opened.orElseThrow();
        });
        return "reserved";
    }

    private String settle(String id, long microUsd) {
        return ledger.settle(ACME, id, cost(microUsd)).first() ? "settled" : "settled before";
    }

    private String spent(Payer payer) {
        KeySpend spend = spend(test.vault(), payer);
        return spend.spent() + " " + spend.reserved();
    }

    private List<String> eventsAfter(int before) {
        return test.events().subList(before, test.events().size());
    }

    private void assertOneTransaction() {
        assertThat(transactions).hasSize(1);
        assertThat(test.vault().audit().verify(ACME).clean()).isTrue();
    }

    @Test
    void whoIsRefusedIsRefusedAloneAndAllOthersGoOn() throws Exception {
        String held = ledger.newRequestId();
        ledger.reserve(jobs, held, quote(100L), LIFE);
        int before = test.events().size();

        assertThat(together(List.of(
                        () -> reserve(jobs, 600L),
                        () -> reserve(jobs, 301L),
                        () -> settle("req_never_made", 5L),
                        () -> ledger.exchange(jobs, held, quote(401L), LIFE).id(),
                        () -> String.valueOf(ledger.release(ACME, "req_never_made")),
                        () -> reserve(new Payer(jobs.actor(), "gwk_gone"), 1L),
                        () -> reserve(jobs, 300L),
                        () -> settle(held, 90L),
                        () -> reserve(jobs, 11L),
                        () -> reserve(jobs, 10L))))
                .containsExactly(
                        "reserved",
                        "spend_cap_reached",
                        "conflict",
                        "spend_cap_reached",
                        "false",
                        "gateway_key_not_found",
                        "reserved",
                        "settled",
                        "spend_cap_reached",
                        "reserved");

        assertThat(spent(jobs)).isEqualTo("90 910");
        assertThat(test.rows("SELECT SUM(cost) FROM usage_reservations")).containsExactly("910");
        assertThat(eventsAfter(before))
                .containsExactly(
                        "secret.reveal provider_key_openai done",
                        "secret.reveal provider_key_openai done",
                        "secret.reveal provider_key_openai done");
        assertOneTransaction();
    }

    @Test
    void anOpeningThatThrowsLeavesNothingAndIsNobodyElsesConcern() throws Exception {
        int before = test.events().size();

        assertThat(together(List.of(
                        () -> reserve(jobs, ledger.newRequestId(), 100L),
                        () -> reserve(jobs, ledger.newRequestId(), 200L, tx -> {
                            tx.update("UPDATE secrets SET description = 'left behind'")
                                    .execute();
                            throw new IllegalStateException("no request could be built");
                        }),
                        () -> reserve(jobs, ledger.newRequestId(), 300L, tx -> {
                            throw new IllegalStateException("the key is gone");
                        }),
                        () -> reserve(jobs, ledger.newRequestId(), 900L))))
                .containsExactly("reserved", "no request could be built", "the key is gone", "reserved");

        assertThat(spent(jobs)).isEqualTo("0 1000");
        assertThat(test.rows("SELECT cost FROM usage_reservations ORDER BY cost"))
                .containsExactly("0", "100", "900");
        assertThat(eventsAfter(before)).hasSize(2);
        assertThat(test.rows("SELECT id FROM secrets WHERE description = 'left behind'"))
                .isEmpty();
        assertOneTransaction();
    }

    @Test
    void whatIsAskedTwiceCountsOnce() throws Exception {
        String held = ledger.newRequestId();
        ledger.reserve(jobs, held, quote(100L), LIFE);
        String twice = ledger.newRequestId();
        String given = ledger.newRequestId();
        ledger.reserve(jobs, given, quote(200L), LIFE);

        assertThat(together(List.of(
                        () -> settle(held, 40L),
                        () -> settle(held, 70L),
                        () -> String.valueOf(ledger.release(ACME, held)),
                        () -> reserve(jobs, held, 1L),
                        () -> reserve(jobs, twice, 500L),
                        () -> reserve(jobs, twice, 500L),
                        () -> String.valueOf(ledger.release(ACME, given)),
                        () -> String.valueOf(ledger.release(ACME, given)),
                        () -> settle(given, 1L))))
                .containsExactly(
                        "settled",
                        "settled before",
                        "false",
                        "conflict",
                        "reserved",
                        "conflict",
                        "true",
                        "false",
                        "conflict");

        assertThat(spent(jobs)).isEqualTo("40 500");
        assertThat(test.rows("SELECT cost FROM usage_records")).containsExactly("40");
        assertOneTransaction();
    }

    @Test
    void aRequestMayLiveItsWholeLifeWithinOneTransaction() throws Exception {
        String id = ledger.newRequestId();
        assertThat(together(List.of(
                        () -> reserve(jobs, id, 500L),
                        () -> ledger.exchange(jobs, id, quote(700L), LIFE).id(),
                        () -> settle(id, 650L),
                        () -> reserve(jobs, 350L))))
                .containsExactly("reserved", id, "settled", "reserved");
        assertThat(spent(jobs)).isEqualTo("650 350");
        assertThat(test.rows("SELECT cost FROM usage_reservations ORDER BY cost"))
                .containsExactly("0", "350");
        assertThat(test.rows("SELECT cost FROM usage_records")).containsExactly("650");
    }

    /** On PostgreSQL a transaction in which a statement failed can only be undone as a whole. */
    @Test
    void aFailureOfTheDatabaseIsEverybodysAndNothingIsLeft() throws Exception {
        String held = ledger.newRequestId();
        ledger.reserve(jobs, held, quote(100L), LIFE);
        int before = test.events().size();

        List<String> outcomes = together(List.of(
                () -> reserve(jobs, 100L),
                () -> settle(held, 40L),
                () -> reserve(
                        jobs,
                        ledger.newRequestId(),
                        200L,
                        tx -> tx.update("INSERT INTO nowhere (a) VALUES (1)").execute()),
                () -> reserve(jobs, 300L)));

        assertThat(outcomes).containsOnly("vault_unavailable").hasSize(4);
        assertThat(spent(jobs)).isEqualTo("0 100");
        assertThat(eventsAfter(before)).isEmpty();
        assertThat(reserve(jobs, 900L)).isEqualTo("reserved");
    }

    @Test
    void withoutItsEventNoKeyIsOpenedForAnybody() throws Exception {
        test.execute("CREATE TRIGGER no_more BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'full'); END");
        assertThat(together(List.of(() -> reserve(jobs, 100L), () -> reserve(jobs, 200L))))
                .containsOnly("vault_unavailable")
                .hasSize(2);
        assertThat(spent(jobs)).isEqualTo("0 0");
        assertThat(test.rows("SELECT id FROM secrets WHERE last_used_at IS NOT NULL"))
                .isEmpty();
    }

    @Test
    void aMeterThatWasTamperedWithIsTheConcernOfItsOwnKey() throws Exception {
        Payer other = payer(test, "other", 500L);
        test.execute("UPDATE usage_meters SET cap = 100000, bound = 100000 WHERE meter = '" + other.keyId() + "'");
        assertThat(together(List.of(() -> reserve(other, 1L), () -> reserve(jobs, 100L), () -> reserve(other, 2L))))
                .containsExactly("integrity_failed", "reserved", "integrity_failed");
        assertThat(spent(jobs)).isEqualTo("0 100");
    }

    @Test
    void aKeyThatDoesNotOpenIsTheConcernOfThoseWhoAskForIt() throws Exception {
        test.vault().pool().set(OWNER, "openai", SecretValue.of("sk-pool-0000000000-9fQ2"));
        test.execute("UPDATE secret_versions SET sealed = zeroblob(length(sealed))");
        assertThat(together(List.of(
                        () -> reserve(jobs, 1L),
                        () -> String.valueOf(ledger.reserve(
                                        jobs,
                                        ledger.newRequestId(),
                                        quote(100L),
                                        LIFE,
                                        tx -> test.vault()
                                                .upstreamKeys()
                                                .open(tx, jobs.actor(), new KeyChoice.OfPool(OPENAI.id())))
                                .opened()
                                .isPresent()),
                        () -> reserve(jobs, 2L))))
                .containsExactly("integrity_failed", "true", "integrity_failed");
        assertThat(spent(jobs)).isEqualTo("0 100");
    }

    /** One process, one group after the other, an opened key with each. */
    @Test
    void ofAHundredAtOnceAsManyPassAsTheCapHasRoomForEachWithItsEvent() throws Exception {
        int before = test.events().size();
        List<Callable<String>> calls = new ArrayList<>();
        IntStream.range(0, 100).forEach(i -> calls.add(() -> outcome(() -> reserve(jobs, 99L))));
        List<String> outcomes = new ArrayList<>();
        for (Future<String> call : threads.invokeAll(calls)) {
            outcomes.add(call.get());
        }
        assertThat(outcomes).filteredOn("reserved"::equals).hasSize(10);
        assertThat(outcomes).filteredOn("spend_cap_reached"::equals).hasSize(90);
        assertThat(spent(jobs)).isEqualTo("0 990");
        assertThat(eventsAfter(before)).hasSize(10);
        assertThat(test.vault().audit().verify(ACME).clean()).isTrue();
    }

    /** Whoever is gone had nothing to do with the others. */
    @Test
    void aCallerWhoIsInterruptedHasNotInterruptedTheOthers() throws Exception {
        assertThat(together(List.of(
                        () -> {
                            Thread.currentThread().interrupt();
                            try {
                                return reserve(jobs, 100L);
                            } finally {
                                assertThat(Thread.interrupted()).isTrue();
                            }
                        },
                        () -> reserve(jobs, 200L),
                        () -> reserve(jobs, 300L))))
                .containsExactly("vault_unavailable", "reserved", "reserved");
        assertThat(spent(jobs)).isEqualTo("0 500");
    }
}
