package dev.chatelaine.vault.usage;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.usage.Requests.LIFE;
import static dev.chatelaine.vault.usage.Requests.cost;
import static dev.chatelaine.vault.usage.Requests.payer;
import static dev.chatelaine.vault.usage.Requests.pooled;
import static dev.chatelaine.vault.usage.Requests.quote;
import static dev.chatelaine.vault.usage.Requests.spend;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A hundred requests at once, through several open vaults, as several nodes have them. */
class LedgerRaceTest {
    private static final int AT_ONCE = 100;
    private static final int ADMITTED = 10;
    private static final int ROUNDS = Integer.getInteger("vault.ledger.rounds", 15);

    @RegisterExtension
    final TestVault test = new TestVault();

    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    private final List<Vault> nodes = new ArrayList<>();

    @BeforeEach
    void threeNodes() {
        nodes.addAll(List.of(test.vault(), test.another(), test.another()));
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        nodes.stream().skip(1).forEach(Vault::close);
    }

    private Ledger ledger(int i) {
        return nodes.get(i % nodes.size()).ledger();
    }

    /** Calls all of it at the same moment. */
    private <T> List<T> together(int count, java.util.function.IntFunction<T> call) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<T>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            calls.add(threads.submit((Callable<T>) () -> {
                start.await();
                return call.apply(number);
            }));
        }
        start.countDown();
        List<T> results = new ArrayList<>();
        for (Future<T> one : calls) {
            results.add(one.get());
        }
        return results;
    }

    /** The request's id, or the code of its refusal. */
    private String reserve(int i, Payer payer, Quote quote) {
        String id = ledger(i).newRequestId();
        try {
            return ledger(i).reserve(payer, id, quote, LIFE).id();
        } catch (VaultException e) {
            return e.code().code();
        }
    }

    private static List<String> admitted(List<String> answers, ErrorCode refusal) {
        List<String> ids =
                answers.stream().filter(answer -> answer.startsWith("req_")).toList();
        assertThat(answers).filteredOn(answer -> !ids.contains(answer)).containsOnly(refusal.code());
        return ids;
    }

    @Test
    void ofAHundredRequestsAsManyPassAsTheCapHasRoomForInEveryRound() throws Exception {
        Random random = new Random(42);
        for (int round = 0; round < ROUNDS; round++) {
            long each = 1L + random.nextInt(1_000_000);
            long cap = each * ADMITTED + random.nextInt((int) each);
            Payer payer = payer(test, "round-" + round, cap);
            List<String> ids =
                    admitted(together(AT_ONCE, i -> reserve(i, payer, quote(each))), ErrorCode.SPEND_CAP_REACHED);
            assertThat(ids).hasSize(ADMITTED).doesNotHaveDuplicates();
            assertThat(spend(test.vault(), payer).reserved()).isEqualTo(each * ADMITTED);

            long[] costs =
                    ids.stream().mapToLong(id -> random.nextLong(each + 1)).toArray();
            List<Settlement> settled = together(
                    2 * ADMITTED, i -> ledger(i).settle(ACME, ids.get(i % ADMITTED), cost(costs[i % ADMITTED])));
            assertThat(settled).filteredOn(Settlement::first).hasSize(ADMITTED);
            long sum = java.util.Arrays.stream(costs).sum();
            KeySpend spend = spend(test.vault(), payer);
            assertThat(spend.spent()).isEqualTo(sum).isLessThanOrEqualTo(cap);
            assertThat(spend.reserved()).isZero();
            assertThat(test.rows("SELECT SUM(cost) FROM usage_records WHERE key_id = '" + payer.keyId() + "'"))
                    .containsExactly(Long.toString(sum));
        }
    }

    /** Each of a hundred reserves, settles, is too late or gives up: never more than the cap, and it adds up. */
    @Test
    void requestsThatComeAndGoNeverSpendMoreThanTheCap() throws Exception {
        for (int round = 0; round < ROUNDS / 5 + 1; round++) {
            long cap = 10_000;
            Payer payer = payer(test, "busy-" + round, cap);
            together(AT_ONCE, i -> {
                Random random = new Random(i);
                for (int request = 0; request < 5; request++) {
                    long worst = 1L + random.nextInt(1_000);
                    String id = reserve(i, payer, quote(worst));
                    if (!id.startsWith("req_")) {
                        continue;
                    }
                    switch (random.nextInt(4)) {
                        case 0 -> ledger(i + 1).release(ACME, id);
                        case 1 -> ledger(i + 1).settle(ACME, id, cost(worst + 50));
                        default -> ledger(i + 1).settle(ACME, id, cost((long) random.nextInt((int) worst + 1)));
                    }
                }
                return i;
            });
            KeySpend spend = spend(test.vault(), payer);
            assertThat(spend.spent()).isLessThanOrEqualTo(cap);
            assertThat(spend.reserved()).isZero();
            assertThat(test.rows("SELECT SUM(cost) FROM usage_records WHERE key_id = '" + payer.keyId() + "'"))
                    .containsExactly(Long.toString(spend.spent() + spend.overrun()));
        }
    }

    @Test
    void theQuotaOfTheMonthIsOneForAllKeysAndNodes() throws Exception {
        List<Payer> payers = List.of(payer(test, "a", null), payer(test, "b", 1_000_000L));
        long each = 20_000_000 / ADMITTED;
        List<String> ids = admitted(
                together(AT_ONCE, i -> reserve(i, payers.get(i % 2), pooled(each, 1L))), ErrorCode.POOL_QUOTA_EXCEEDED);
        assertThat(ids).hasSize(ADMITTED);
        together(ADMITTED, i -> ledger(i).settle(ACME, ids.get(i), Requests.tokens(each)));
        assertThat(test.vault().usage().quota(TestVault.OWNER).used()).isEqualTo(20_000_000);
    }

    @Test
    void aRequestOfOneIdIsReservedOnce() throws Exception {
        Payer payer = payer(test, "one", 1_000L);
        String id = test.vault().ledger().newRequestId();
        List<String> answers = together(20, i -> {
            try {
                return ledger(i).reserve(payer, id, quote(10L), LIFE).id();
            } catch (VaultException e) {
                return e.code().code();
            }
        });
        assertThat(answers).filteredOn(id::equals).hasSize(1);
        assertThat(answers).filteredOn("conflict"::equals).hasSize(19);
        assertThat(spend(test.vault(), payer).reserved()).isEqualTo(10);
    }

    @Test
    void sweepsAndSettlementsOfTheSameRequestsAddUp() throws Exception {
        Payer payer = payer(test, "late", 1_000L);
        List<String> ids = together(10, i -> reserve(i, payer, quote(100L)));
        test.clock.advance(LIFE);
        together(
                12,
                i -> i < 10
                        ? ledger(i).settle(ACME, ids.get(i), cost(7L)).overrun()
                        : (long) ledger(i).sweepEverywhere());
        KeySpend spend = spend(test.vault(), payer);
        assertThat(spend.spent()).isEqualTo(70);
        assertThat(spend.reserved()).isZero();
        assertThat(test.rows("SELECT SUM(cost) FROM usage_records")).containsExactly("70");
    }
}
