package dev.chatelaine.vault.usage;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.STRANGER;
import static dev.chatelaine.vault.TestVault.refusal;
import static dev.chatelaine.vault.usage.Requests.LIFE;
import static dev.chatelaine.vault.usage.Requests.payer;
import static dev.chatelaine.vault.usage.Requests.pooled;
import static dev.chatelaine.vault.usage.Requests.quote;
import static dev.chatelaine.vault.usage.Requests.spend;
import static dev.chatelaine.vault.usage.Requests.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import java.time.Duration;
import java.time.YearMonth;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The plan pro has 20,000,000 tokens a month, starter 200,000; it is the 22nd of November. */
class PoolQuotaTest {
    private static final long PRO = 20_000_000;

    @RegisterExtension
    final TestVault test = new TestVault();

    private Ledger ledger;
    private Payer jobs;

    @BeforeEach
    void aKey() {
        ledger = test.vault().ledger();
        jobs = payer(test, "jobs", 1_000L);
    }

    private String reserve(long tokens) {
        return ledger.reserve(jobs, ledger.newRequestId(), pooled(tokens, 1L), LIFE)
                .id();
    }

    private ErrorCode refused(long tokens) {
        return refusal(() -> reserve(tokens)).code();
    }

    private PoolQuota quota() {
        return test.vault().usage().quota(OWNER);
    }

    @Test
    void poolRequestsUseTheQuotaAndOwnKeysUseNone() {
        assertThat(quota()).isEqualTo(new PoolQuota(YearMonth.of(2026, 11), PRO, 0, 0));
        ledger.reserve(jobs, ledger.newRequestId(), quote(5L), LIFE);
        assertThat(quota().reserved()).isZero();
        String held = reserve(PRO);
        assertThat(quota().reserved()).isEqualTo(PRO);
        assertThat(refused(1)).isEqualTo(ErrorCode.POOL_QUOTA_EXCEEDED);
        ledger.settle(ACME, held, tokens(500));
        assertThat(quota()).isEqualTo(new PoolQuota(YearMonth.of(2026, 11), PRO, 500, 0));
        reserve(PRO - 500);
    }

    @Test
    void aRequestThatTheQuotaRefusesHoldsNothingOfTheKey() {
        reserve(PRO);
        long reserved = spend(test.vault(), jobs).reserved();
        assertThat(refused(1)).isEqualTo(ErrorCode.POOL_QUOTA_EXCEEDED);
        assertThat(spend(test.vault(), jobs).reserved()).isEqualTo(reserved);
    }

    @Test
    void aNewMonthHasANewQuotaAndARequestIsOfTheMonthInWhichItBegan() {
        String held = reserve(PRO);
        test.clock.advance(Duration.ofDays(9));
        assertThat(quota()).isEqualTo(new PoolQuota(YearMonth.of(2026, 12), PRO, 0, 0));
        reserve(PRO - 1);
        ledger.settle(ACME, held, tokens(PRO));
        assertThat(quota().used()).isZero();
        assertThat(test.rows("SELECT meter || ' ' || used FROM usage_meters WHERE meter LIKE 'pool:%' ORDER BY 1"))
                .containsExactly("pool:2026-11 " + PRO, "pool:2026-12 0");
    }

    @Test
    void anotherPlanIsInForceForTheNextRequest() {
        String held = reserve(300_000);
        test.downgrade();
        assertThat(refused(1)).isEqualTo(ErrorCode.POOL_QUOTA_EXCEEDED);
        ledger.settle(ACME, held, tokens(150_000));
        assertThat(refused(50_001)).isEqualTo(ErrorCode.POOL_QUOTA_EXCEEDED);
        reserve(50_000);
        test.vault().tenants().changePlan(OWNER, ACME, "business");
        reserve(1_000_000);
    }

    @Test
    void moreThanWasReservedStandsInTheWayOfTheNext() {
        String held = reserve(PRO);
        ledger.settle(ACME, held, tokens(PRO + 7));
        assertThat(quota().used()).isEqualTo(PRO + 7);
        assertThat(refused(0)).isEqualTo(ErrorCode.POOL_QUOTA_EXCEEDED);
    }

    @Test
    void aSecondCandidateMayBeThePoolsAndTheThirdNot() {
        String id = ledger.newRequestId();
        ledger.reserve(jobs, id, quote(10L), LIFE);
        ledger.exchange(jobs, id, pooled(1_000, 20L), LIFE);
        assertThat(quota().reserved()).isEqualTo(1_000);
        ledger.exchange(jobs, id, pooled(600, 20L), LIFE);
        assertThat(quota().reserved()).isEqualTo(600);
        ledger.exchange(jobs, id, quote(30L), LIFE);
        assertThat(quota().reserved()).isZero();
        assertThat(spend(test.vault(), jobs).reserved()).isEqualTo(30);
    }

    @Test
    void aSweepUsesTheWorstCaseOfTheQuotaAndLaterTheRealOne() {
        String held = reserve(1_000);
        test.clock.advance(LIFE);
        ledger.sweepEverywhere();
        assertThat(quota().used()).isEqualTo(1_000);
        ledger.settle(ACME, held, tokens(40));
        assertThat(quota().used()).isEqualTo(40);
    }

    @Test
    void eachTenantHasAQuotaOfItsOwn() {
        reserve(PRO);
        Payer other = payer(test.vault(), STRANGER, "other", null);
        ledger.reserve(other, ledger.newRequestId(), pooled(PRO, null), LIFE);
    }
}
