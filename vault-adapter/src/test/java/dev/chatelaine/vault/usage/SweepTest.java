package dev.chatelaine.vault.usage;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.STRANGER;
import static dev.chatelaine.vault.usage.Requests.LIFE;
import static dev.chatelaine.vault.usage.Requests.cost;
import static dev.chatelaine.vault.usage.Requests.payer;
import static dev.chatelaine.vault.usage.Requests.quote;
import static dev.chatelaine.vault.usage.Requests.spend;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.TestVault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that nobody came back from, or late. */
class SweepTest {
    @RegisterExtension
    final TestVault test = new TestVault();

    private Ledger ledger;
    private Payer jobs;

    @BeforeEach
    void aKeyWithACap() {
        ledger = test.vault().ledger();
        jobs = payer(test, "jobs", 1_000L);
    }

    private Reservation reserve(Payer payer, long microUsd) {
        return ledger.reserve(payer, ledger.newRequestId(), quote(microUsd), LIFE);
    }

    private String spent() {
        KeySpend spend = spend(test.vault(), jobs);
        return spend.spent() + " " + spend.reserved() + " " + spend.overrun();
    }

    @Test
    void aReservationIsLeftAloneUntilItsDeadlineAndSettledWithItsWorstCaseOnce() {
        Reservation held = reserve(jobs, 600L);
        test.clock.advance(LIFE.minusMillis(1));
        assertThat(ledger.sweepEverywhere()).isZero();
        assertThat(spent()).isEqualTo("0 600 0");
        test.clock.advance(Duration.ofMillis(1));
        assertThat(ledger.sweepEverywhere()).isEqualTo(1);
        assertThat(ledger.sweepEverywhere()).isZero();
        assertThat(spent()).isEqualTo("600 0 0");
        assertThat(test.rows("SELECT id || ' ' || status || ' ' || prompt_tokens || ' ' || completion_tokens || ' ' ||"
                        + " cost || ' ' || estimated FROM usage_records"))
                .containsExactly(held.id() + " 0 10 90 600 1");
        assertThat(test.rows("SELECT id FROM usage_records WHERE latency IS NULL AND first_byte IS NULL"))
                .hasSize(1);
    }

    @Test
    void aRequestMayTakeAsLongAsItsLifeHoweverLongThatIs() {
        for (Duration life : List.of(LIFE, Duration.ofDays(40))) {
            String id = ledger.newRequestId();
            Reservation held = ledger.reserve(jobs, id, quote(100L), life);
            assertThat(held.expiresAt()).isEqualTo(test.clock.instant().plus(life));
            test.clock.advance(life.minusMillis(1));
            test.reopen();
            ledger = test.vault().ledger();
            assertThat(ledger.sweepEverywhere()).isZero();
            assertThat(ledger.settle(ACME, id, cost(30L)).record().estimated()).isFalse();
        }
        assertThat(spent()).isEqualTo("60 0 0");
    }

    @Test
    void whoComesLateStillWritesWhatWasReallyUsed() {
        Reservation held = reserve(jobs, 600L);
        test.clock.advance(LIFE.plusHours(1));
        ledger.sweepEverywhere();
        Settlement late = ledger.settle(ACME, held.id(), cost(250L));
        assertThat(late.first()).isTrue();
        assertThat(spent()).isEqualTo("250 0 0");
        assertThat(test.rows("SELECT cost || ' ' || estimated || ' ' || status FROM usage_records"))
                .containsExactly("250 0 200");
        assertThat(ledger.settle(ACME, held.id(), cost(1L)).first()).isFalse();
        assertThat(spent()).isEqualTo("250 0 0");
    }

    @Test
    void whoComesLateAndUsedMoreIsChargedAsAnyOther() {
        Reservation held = reserve(jobs, 600L);
        test.clock.advance(LIFE);
        ledger.sweepEverywhere();
        assertThat(ledger.settle(ACME, held.id(), cost(1_100L)).overrun()).isEqualTo(100);
        assertThat(spent()).isEqualTo("1000 0 100");
    }

    @Test
    void whatNeverWentOutIsGivenBackAlsoLate() {
        Reservation held = reserve(jobs, 600L);
        test.clock.advance(LIFE);
        ledger.sweepEverywhere();
        assertThat(ledger.release(ACME, held.id())).isTrue();
        assertThat(spent()).isEqualTo("0 0 0");
        assertThat(test.rows("SELECT id FROM usage_records")).isEmpty();
    }

    @Test
    void aSweptRequestCanGoOnWithAnotherModel() {
        Reservation held = reserve(jobs, 600L);
        test.clock.advance(LIFE);
        ledger.sweepEverywhere();
        ledger.exchange(jobs, held.id(), quote(900L), LIFE);
        assertThat(spent()).isEqualTo("0 900 0");
        assertThat(test.rows("SELECT id FROM usage_records")).isEmpty();
        ledger.settle(ACME, held.id(), cost(800L));
        assertThat(spent()).isEqualTo("800 0 0");
    }

    @Test
    void aSweptRequestIsCorrectedForADayAndThenStaysAsItIs() {
        Reservation held = reserve(jobs, 600L);
        test.clock.advance(LIFE);
        ledger.sweepEverywhere();
        test.clock.advance(Ledger.CORRECTED.plusMinutes(1));
        reserve(jobs, 1L);
        test.clock.advance(LIFE);
        ledger.sweepEverywhere();
        assertThat(ledger.settle(ACME, held.id(), cost(1L)).first()).isFalse();
        assertThat(spent()).isEqualTo("601 0 0");
    }

    @Test
    void openingTheVaultSettlesWhatAnotherProcessLeft() {
        reserve(jobs, 600L);
        Payer other = payer(test.vault(), STRANGER, "other", 50L);
        reserve(other, 50L);
        test.clock.advance(LIFE);
        test.reopen();
        assertThat(spent()).isEqualTo("600 0 0");
        assertThat(spend(test.vault(), other).spent()).isEqualTo(50);
    }

    @Test
    void aTenantWhoseBooksCannotBeKeptKeepsNoOtherWaiting() throws SQLException {
        reserve(jobs, 600L);
        Payer other = payer(test.vault(), STRANGER, "other", 50L);
        reserve(other, 50L);
        test.clock.advance(LIFE);
        test.execute("UPDATE tenant_keyrings SET sealed_values_keyset = sealed_audit_keyset WHERE tenant = 'acme'");

        assertThat(ledger.sweepEverywhere()).isEqualTo(1);
        assertThat(spend(test.vault(), other).spent()).isEqualTo(50);
    }

    @Test
    void theKeyMayBeGoneByThen() {
        Reservation held = reserve(jobs, 600L);
        test.vault().gatewayKeys().delete(OWNER, new dev.chatelaine.vault.gatewaykey.GatewayKeyName("jobs"));
        test.clock.advance(LIFE);
        assertThat(ledger.sweepEverywhere()).isEqualTo(1);
        assertThat(test.rows("SELECT used FROM usage_meters")).containsExactly("600");
        assertThat(ledger.settle(ACME, held.id(), cost(1L)).first()).isTrue();
        assertThat(test.rows("SELECT used FROM usage_meters")).containsExactly("1");
    }

    @Test
    void moreThanFitIntoOneTransactionAreAllSwept() {
        Payer free = payer(test, "free", null);
        for (int i = 0; i < 1_003; i++) {
            reserve(free, 1L);
        }
        test.clock.advance(LIFE);
        assertThat(ledger.sweepEverywhere()).isEqualTo(1_003);
        assertThat(spend(test.vault(), free).spent()).isEqualTo(1_003);
    }
}
