package dev.chatelaine.vault.usage;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.RIVAL;
import static dev.chatelaine.vault.TestVault.refusal;
import static dev.chatelaine.vault.usage.Requests.LIFE;
import static dev.chatelaine.vault.usage.Requests.cost;
import static dev.chatelaine.vault.usage.Requests.payer;
import static dev.chatelaine.vault.usage.Requests.quote;
import static dev.chatelaine.vault.usage.Requests.spend;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Expected;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.gatewaykey.GatewayKeyChange;
import dev.chatelaine.vault.gatewaykey.GatewayKeyName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LedgerTest {
    private static final GatewayKeyName JOBS = new GatewayKeyName("jobs");

    @RegisterExtension
    final TestVault test = new TestVault();

    private Ledger ledger;
    private Payer jobs;

    @BeforeEach
    void aKeyWithACap() {
        ledger = test.vault().ledger();
        jobs = payer(test, "jobs", 1_000L);
    }

    private Reservation reserve(Payer payer, @Nullable Long microUsd) {
        return ledger.reserve(payer, ledger.newRequestId(), quote(microUsd), LIFE);
    }

    private ErrorCode refused(Payer payer, @Nullable Long microUsd) {
        return refusal(() -> reserve(payer, microUsd)).code();
    }

    private void assertSpent(Payer payer, long spent, long reserved) {
        KeySpend spend = spend(test.vault(), payer);
        assertThat(spend.spent()).as("spent").isEqualTo(spent);
        assertThat(spend.reserved()).as("reserved").isEqualTo(reserved);
    }

    private String recorded(String id) {
        return test.rows(
                        "SELECT status || ' ' || attempts || ' ' || prompt_tokens || ' ' || completion_tokens || ' ' ||"
                                + " cached_tokens || ' ' || cost || ' ' || streamed || ' ' || estimated FROM usage_records"
                                + " WHERE id = '" + id + "'")
                .get(0);
    }

    @Test
    void aRequestHoldsItsWorstCaseAndPaysWhatItUsed() {
        Reservation held = reserve(jobs, 600L);
        assertThat(held.expiresAt()).isEqualTo(test.clock.instant().plus(LIFE));
        assertSpent(jobs, 0, 600);
        Settlement settled = ledger.settle(ACME, held.id(), cost(250L));
        assertSpent(jobs, 250, 0);
        assertThat(settled.first()).isTrue();
        assertThat(settled.overrun()).isZero();
        UsageRecord record = settled.record();
        assertThat(record.id()).isEqualTo(held.id()).startsWith("req_");
        assertThat(record.keyId()).isEqualTo(jobs.keyId());
        assertThat(record.configuration()).isEqualTo("chat");
        assertThat(record.provider() + "/" + record.model()).isEqualTo("openai/gpt-4.1-mini");
        assertThat(record.credential()).isEqualTo(CredentialSource.BYOK);
        assertThat(record.at()).isEqualTo(test.clock.instant());
        assertThat(record.latencyMillis()).isEqualTo(1_200);
        assertThat(record.firstByteMillis()).isEqualTo(300);
        assertThat(recorded(held.id())).isEqualTo("200 1 8 40 2 250 1 0");
        assertThat(spend(test.vault(), jobs).lastUsedAt()).isEqualTo(test.clock.instant());
        assertThat(test.rows("SELECT id FROM usage_reservations")).isEmpty();
    }

    @Test
    void theCapIsReachedByWhatMayBeSpentAndSaysWhichKey() {
        Reservation held = reserve(jobs, 600L);
        VaultException refused = refusal(() -> reserve(jobs, 401L));
        assertThat(refused.code()).isEqualTo(ErrorCode.SPEND_CAP_REACHED);
        assertThat(refused.text()).contains("gateway key jobs ");
        reserve(jobs, 400L);
        assertThat(refused(jobs, 1L)).isEqualTo(ErrorCode.SPEND_CAP_REACHED);
        reserve(jobs, 0L);
        ledger.settle(ACME, held.id(), cost(599L));
        reserve(jobs, 1L);
        assertThat(refused(jobs, 1L)).isEqualTo(ErrorCode.SPEND_CAP_REACHED);
        assertThat(test.rows("SELECT id FROM usage_reservations")).hasSize(3);
    }

    @Test
    void settlingTwiceCountsOnceWhateverTheSecondSays() {
        Reservation held = reserve(jobs, 600L);
        ledger.settle(ACME, held.id(), cost(250L));
        Settlement again = ledger.settle(ACME, held.id(), cost(999L));
        assertThat(again.first()).isFalse();
        assertThat(again.record().microUsd()).isEqualTo(250);
        assertSpent(jobs, 250, 0);
        assertThat(ledger.release(ACME, held.id())).isFalse();
        assertSpent(jobs, 250, 0);
        assertThat(test.rows("SELECT id FROM usage_records")).hasSize(1);
    }

    @Test
    void aRequestThatNeverWentOutGivesAllBackOnce() {
        Reservation held = reserve(jobs, 600L);
        assertThat(ledger.release(ACME, held.id())).isTrue();
        assertThat(ledger.release(ACME, held.id())).isFalse();
        assertSpent(jobs, 0, 0);
        assertThat(refusal(() -> ledger.settle(ACME, held.id(), cost(1L))).code())
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(test.rows("SELECT id FROM usage_records")).isEmpty();
    }

    @Test
    void ofSeveralThatAreSettledAtOnceOneThatCannotBeIsNobodyElsesConcern() {
        Reservation first = reserve(jobs, 300L);
        Reservation second = reserve(jobs, 400L);
        ledger.settle(ACME, second.id(), cost(350L));
        Map<String, VaultException> refused =
                ledger.settle(ACME, Map.of(first.id(), cost(200L), second.id(), cost(1L), "req_never_made", cost(5L)));
        assertThat(refused)
                .hasSize(1)
                .hasEntrySatisfying(
                        "req_never_made", refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT));
        assertSpent(jobs, 550, 0);
        assertThat(test.rows("SELECT id FROM usage_reservations")).isEmpty();
    }

    @Test
    void anotherTenantsRequestIsNotSettledAmongOnesOwn() {
        Reservation held = reserve(jobs, 300L);
        Map<String, VaultException> refused = ledger.settle(RIVAL, Map.of(held.id(), cost(1L)));
        assertThat(refused).containsOnlyKeys(held.id());
        assertSpent(jobs, 0, 300);
    }

    @Test
    void anIdIsGoodForOneRequest() {
        Reservation held = reserve(jobs, 100L);
        assertThat(refusal(() -> ledger.reserve(jobs, held.id(), quote(100L), LIFE))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
        ledger.settle(ACME, held.id(), cost(100L));
        assertThat(refusal(() -> ledger.reserve(jobs, held.id(), quote(100L), LIFE))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
        assertSpent(jobs, 100, 0);
    }

    /** The provider used more than the worst case: an estimate was wrong. */
    @Test
    void whatIsUsedBeyondTheReservationIsChargedAsFarAsTheCapHasRoom() {
        Reservation first = reserve(jobs, 100L);
        assertThat(ledger.settle(ACME, first.id(), cost(300L)).overrun()).isZero();
        assertSpent(jobs, 300, 0);

        Reservation other = reserve(jobs, 500L);
        Reservation second = reserve(jobs, 100L);
        Settlement settled = ledger.settle(ACME, second.id(), cost(450L));
        assertThat(settled.overrun()).isEqualTo(250);
        assertThat(settled.record().microUsd()).isEqualTo(450);
        assertSpent(jobs, 500, 500);
        assertThat(spend(test.vault(), jobs).overrun()).isEqualTo(250);
        ledger.settle(ACME, other.id(), cost(400L));
        assertSpent(jobs, 900, 0);
        assertThat(refused(jobs, 1L)).isEqualTo(ErrorCode.SPEND_CAP_REACHED);
        assertThat(test.rows("SELECT SUM(cost) FROM usage_records")).containsExactly("1150");

        cap(1_200L);
        assertSpent(jobs, 1_150, 0);
        assertThat(spend(test.vault(), jobs).overrun()).isZero();
        reserve(jobs, 50L);
    }

    @Test
    void absurdAmountsAreTakenAsTheMostThatCounts() {
        Payer free = payer(test, "free", null);
        Reservation held = ledger.reserve(free, ledger.newRequestId(), quote(Long.MAX_VALUE), LIFE);
        assertSpent(free, 0, Ledger.MOST);
        Outcome absurd = new Outcome(
                200,
                1,
                new Tokens(Long.MAX_VALUE, Long.MAX_VALUE, -5),
                Long.MAX_VALUE,
                -1,
                Long.MIN_VALUE,
                false,
                false);
        UsageRecord record = ledger.settle(ACME, held.id(), absurd).record();
        assertThat(record.microUsd()).isEqualTo(Ledger.MOST);
        assertThat(record.tokens()).isEqualTo(new Tokens(Ledger.MOST, Ledger.MOST, 0));
        assertThat(record.latencyMillis()).isZero();
        assertSpent(free, Ledger.MOST, 0);
        assertThat(refused(jobs, Long.MAX_VALUE)).isEqualTo(ErrorCode.SPEND_CAP_REACHED);
        assertThatThrownBy(() -> quote(-1L)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aModelWithoutAPriceIsNotFreeOnACappedKey() {
        assertThat(refused(jobs, null)).isEqualTo(ErrorCode.MODEL_UNPRICED);
        Payer free = payer(test, "free", null);
        Reservation held = reserve(free, null);
        assertThat(ledger.settle(ACME, held.id(), cost(null)).record().microUsd())
                .isNull();
        assertSpent(free, 0, 0);
    }

    @Test
    void aCostThatNobodyKnowsIsTheWholeReservation() {
        Reservation held = reserve(jobs, 600L);
        UsageRecord record = ledger.settle(ACME, held.id(), cost(null)).record();
        assertThat(record.microUsd()).isEqualTo(600);
        assertThat(record.estimated()).isTrue();
        assertSpent(jobs, 600, 0);
    }

    @Test
    void whoComesWithATokenOfTheirOwnHasNoCap() {
        Payer ada = new Payer(TestVault.actor(ACME, Role.MEMBER), null);
        Reservation held = reserve(ada, 5_000L);
        assertThat(ledger.settle(ACME, held.id(), cost(4_000L)).record().keyId())
                .isNull();
        assertSpent(jobs, 0, 0);
    }

    @Test
    void anotherModelIsReservedInPlaceOfTheFirst() {
        Reservation held = reserve(jobs, 600L);
        assertThat(refusal(() -> ledger.exchange(jobs, held.id(), quote(1_001L), LIFE))
                        .code())
                .isEqualTo(ErrorCode.SPEND_CAP_REACHED);
        assertSpent(jobs, 0, 600);
        ledger.exchange(jobs, held.id(), quote(1_000L), LIFE);
        assertSpent(jobs, 0, 1_000);
        ledger.exchange(jobs, held.id(), quote(10L), LIFE);
        assertSpent(jobs, 0, 10);
        ledger.settle(ACME, held.id(), cost(10L));
        assertSpent(jobs, 10, 0);
        assertThat(refusal(() -> ledger.exchange(jobs, held.id(), quote(10L), LIFE))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void aKeyThatIsDeletedBetweenIsSettledAndReservesNoMore() {
        Reservation held = reserve(jobs, 600L);
        test.vault().gatewayKeys().delete(OWNER, JOBS);
        assertThat(refused(jobs, 1L)).isEqualTo(ErrorCode.GATEWAY_KEY_NOT_FOUND);
        assertThat(refusal(() -> ledger.exchange(jobs, held.id(), quote(1L), LIFE))
                        .code())
                .isEqualTo(ErrorCode.GATEWAY_KEY_NOT_FOUND);
        assertThat(ledger.settle(ACME, held.id(), cost(250L)).first()).isTrue();
        assertThat(test.rows("SELECT used || ' ' || reserved FROM usage_meters WHERE meter = '" + jobs.keyId() + "'"))
                .containsExactly("250 0");
    }

    @Test
    void aKeyThatIsRotatedOrExpiresBetweenIsSettledOnTheSameMeter() {
        Reservation held = reserve(jobs, 600L);
        test.vault().gatewayKeys().rotate(OWNER, JOBS, Duration.ZERO);
        test.vault()
                .gatewayKeys()
                .change(
                        OWNER,
                        JOBS,
                        new GatewayKeyChange(
                                null,
                                null,
                                null,
                                null,
                                new dev.chatelaine.vault.gatewaykey.Given<>(
                                        test.clock.instant().plusSeconds(1))),
                        Expected.ANY);
        test.clock.advance(Duration.ofMinutes(1));
        ledger.settle(ACME, held.id(), cost(250L));
        assertSpent(jobs, 250, 0);
    }

    @Test
    void aCapThatIsRaisedLetsPassAndOneThatIsLoweredStops() {
        Reservation held = reserve(jobs, 1_000L);
        assertThat(refused(jobs, 1L)).isEqualTo(ErrorCode.SPEND_CAP_REACHED);
        cap(1_001L);
        reserve(jobs, 1L);
        cap(10L);
        assertThat(refused(jobs, 0L)).isEqualTo(ErrorCode.SPEND_CAP_REACHED);
        ledger.settle(ACME, held.id(), cost(1_000L));
        assertSpent(jobs, 1_000, 1);
        cap(null);
        reserve(jobs, 1_000_000L);
    }

    private void cap(@Nullable Long microUsd) {
        test.vault().gatewayKeys().change(OWNER, JOBS, GatewayKeyChange.cap(microUsd), Expected.ANY);
    }

    @Test
    void anotherTenantHasNeitherTheKeyNorTheRequest() {
        Reservation held = reserve(jobs, 600L);
        Payer thief = new Payer(TestVault.actor(RIVAL, Role.OWNER), jobs.keyId());
        assertThat(refused(thief, 1L)).isEqualTo(ErrorCode.GATEWAY_KEY_NOT_FOUND);
        assertThat(refusal(() -> ledger.settle(RIVAL, held.id(), cost(0L))).code())
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(ledger.release(RIVAL, held.id())).isFalse();
        assertThat(refusal(() -> ledger.exchange(thief, held.id(), quote(0L), LIFE))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
        assertSpent(jobs, 0, 600);
    }

    @Test
    void whatIsOpenedAlongIsOpenedWithTheReservationOrNotAtAll() {
        test.vault().pool().set(OWNER, "openai", dev.chatelaine.vault.crypto.SecretValue.of("sk-pool-key-0815"));
        String id = ledger.newRequestId();
        List<String> events = test.eventsOf(() -> {
            Reserved<?> reserved = ledger.reserve(
                    jobs,
                    id,
                    quote(600L),
                    LIFE,
                    tx -> test.vault()
                            .pool()
                            .open(tx, jobs.actor(), Requests.OPENAI)
                            .orElseThrow());
            assertThat(reserved.toString()).doesNotContain("sk-pool");
        });
        assertThat(events).containsExactly("pool.reveal openai done");
        assertThat(test.eventsOf(() -> refusal(() -> ledger.reserve(
                        jobs,
                        ledger.newRequestId(),
                        quote(600L),
                        LIFE,
                        tx -> test.vault().pool().open(tx, jobs.actor(), Requests.OPENAI)))))
                .isEmpty();
        assertThatThrownBy(() -> ledger.reserve(jobs, ledger.newRequestId(), quote(1L), LIFE, tx -> {
                    throw new IllegalStateException("the opening failed");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertSpent(jobs, 0, 600);
    }

    @Test
    void aRefusedRequestIsARecordThatCostsNothing() {
        String id = ledger.newRequestId();
        ledger.refused(
                jobs,
                id,
                Requests.OPENAI,
                "gpt-4.1",
                null,
                new Outcome(402, 0, new Tokens(5, 5, 0), 77L, 3, null, false, false));
        assertThat(recorded(id)).isEqualTo("402 0 0 0 0 0 0 0");
        assertSpent(jobs, 0, 0);
    }

    @Test
    void requestsAreNoEvents() {
        assertThat(test.eventsOf(() -> {
                    Reservation held = reserve(jobs, 600L);
                    ledger.settle(ACME, held.id(), cost(1L));
                    ledger.release(ACME, reserve(jobs, 1L).id());
                }))
                .isEmpty();
    }
}
