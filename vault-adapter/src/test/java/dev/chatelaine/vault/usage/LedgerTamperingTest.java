package dev.chatelaine.vault.usage;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.refusal;
import static dev.chatelaine.vault.usage.Requests.LIFE;
import static dev.chatelaine.vault.usage.Requests.cost;
import static dev.chatelaine.vault.usage.Requests.payer;
import static dev.chatelaine.vault.usage.Requests.pooled;
import static dev.chatelaine.vault.usage.Requests.quote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Expected;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.gatewaykey.GatewayKey;
import dev.chatelaine.vault.gatewaykey.GatewayKeyChange;
import dev.chatelaine.vault.gatewaykey.GatewayKeyName;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody who can write the database, and has no key, changes what may be spent. */
class LedgerTamperingTest {
    private static final GatewayKeyName JOBS = new GatewayKeyName("jobs");

    @RegisterExtension
    final TestVault test = new TestVault();

    private Ledger ledger;
    private Payer jobs;

    @BeforeEach
    void aKeyThatHasSpent() {
        ledger = test.vault().ledger();
        jobs = payer(test, "jobs", 1_000L);
        String id = ledger.newRequestId();
        ledger.reserve(jobs, id, quote(700L), LIFE);
        ledger.settle(ACME, id, cost(600L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cap = 100000, bound = 100000",
                "cap = NULL, bound = 1000000000000000000",
                "bound = 100000",
                "used = 0",
                "used = used + 1",
                "overrun = 5",
                "reserved = 1",
                "last_used_at = NULL",
                "closed = 1",
                "mac = zeroblob(37)"
            })
    void aChangedMeterLetsNothingPassAndCannotBePutRightByAChange(String change) throws SQLException {
        test.execute("UPDATE usage_meters SET " + change + " WHERE meter = '" + jobs.keyId() + "'");

        assertThat(refusal(() -> ledger.reserve(jobs, ledger.newRequestId(), quote(1L), LIFE))
                        .code())
                .isEqualTo(ErrorCode.INTEGRITY_FAILED);
        assertThat(refusal(() -> test.vault()
                                .gatewayKeys()
                                .change(OWNER, JOBS, GatewayKeyChange.cap(5_000L), Expected.ANY))
                        .code())
                .isEqualTo(ErrorCode.INTEGRITY_FAILED);
        GatewayKey shown = test.vault().gatewayKeys().get(OWNER, JOBS);
        assertThat(shown.intact()).isFalse();
        assertThat(shown.spend()).isNull();
        test.vault().gatewayKeys().delete(OWNER, JOBS);
    }

    @Test
    void aMeterThatIsTakenFromAnotherKeyIsNone() throws SQLException {
        Payer rich = payer(test, "rich", null);
        test.execute("DELETE FROM usage_meters WHERE meter = '" + jobs.keyId() + "'");
        test.execute("UPDATE usage_meters SET meter = '" + jobs.keyId() + "' WHERE meter = '" + rich.keyId() + "'");
        assertThat(refusal(() -> ledger.reserve(jobs, ledger.newRequestId(), quote(1L), LIFE))
                        .code())
                .isEqualTo(ErrorCode.INTEGRITY_FAILED);
        test.execute("DELETE FROM usage_meters");
        assertThat(refusal(() -> ledger.reserve(jobs, ledger.newRequestId(), quote(1L), LIFE))
                        .code())
                .isEqualTo(ErrorCode.GATEWAY_KEY_NOT_FOUND);
    }

    @Test
    void aRequestUnderWayIsWrittenDownThoughItsMeterWasChanged() throws SQLException {
        String settled = ledger.newRequestId();
        ledger.reserve(jobs, settled, quote(10L), LIFE);
        String swept = ledger.newRequestId();
        ledger.reserve(jobs, swept, quote(20L), LIFE);
        test.execute("UPDATE usage_meters SET used = 0");
        ledger.settle(ACME, settled, cost(9L));
        test.clock.advance(LIFE);
        assertThat(ledger.sweepEverywhere()).isEqualTo(1);
        assertThat(test.rows("SELECT SUM(cost) FROM usage_records")).containsExactly("629");
        assertThat(test.rows("SELECT used FROM usage_meters")).containsExactly("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cost = 1", "cost = NULL", "tenant = 'rival'", "key_id = NULL", "expires_at = 0"})
    void aChangedReservationIsNone(String change) throws SQLException {
        String id = ledger.newRequestId();
        ledger.reserve(jobs, id, quote(300L), LIFE);
        test.execute("UPDATE usage_reservations SET " + change + " WHERE id = '" + id + "'");
        assertThat(refusal(() -> ledger.settle(ACME, id, cost(1L))).code()).isEqualTo(ErrorCode.CONFLICT);
        test.clock.advance(LIFE);
        ledger.sweepEverywhere();
        assertThat(test.rows("SELECT used || ' ' || reserved FROM usage_meters"))
                .containsExactly("600 300");
        assertThat(test.rows("SELECT id FROM usage_reservations")).isEmpty();
    }

    @Test
    void aReservationThatWasPlantedMakesNobodyPay() throws SQLException {
        String id = ledger.newRequestId();
        ledger.reserve(jobs, id, quote(100L), LIFE);
        test.execute(
                "INSERT INTO usage_reservations SELECT 'req_planted', tenant, key_id, configuration, provider, model,"
                        + " credential, prompt_tokens, completion_tokens, cost, begun_at, expires_at, swept, mac"
                        + " FROM usage_reservations");
        test.clock.advance(LIFE);
        ledger.sweepEverywhere();
        assertThat(test.rows("SELECT used || ' ' || reserved FROM usage_meters"))
                .containsExactly("700 0");
        assertThat(test.rows("SELECT id FROM usage_records WHERE id = 'req_planted'"))
                .isEmpty();
    }

    @Test
    void theQuotaCannotBeChangedEither() throws SQLException {
        ledger.reserve(jobs, ledger.newRequestId(), pooled(1_000, 1L), LIFE);
        test.execute("UPDATE usage_meters SET used = 0, reserved = 0 WHERE meter LIKE 'pool:%'");
        assertThat(refusal(() -> ledger.reserve(jobs, ledger.newRequestId(), pooled(1, 1L), LIFE))
                        .code())
                .isEqualTo(ErrorCode.INTEGRITY_FAILED);
        ledger.reserve(jobs, ledger.newRequestId(), quote(1L), LIFE);
    }

    /** The limit stands in the database as well: code that forgot to look could not go beyond it. */
    @Test
    void theDatabaseItselfHoldsTheCap() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> test.execute("UPDATE usage_meters SET reserved = 401")))
                .isInstanceOf(SQLException.class);
    }
}
