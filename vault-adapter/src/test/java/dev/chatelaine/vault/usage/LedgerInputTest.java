package dev.chatelaine.vault.usage;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.RIVAL;
import static dev.chatelaine.vault.TestVault.refusal;
import static dev.chatelaine.vault.usage.Requests.LIFE;
import static dev.chatelaine.vault.usage.Requests.cost;
import static dev.chatelaine.vault.usage.Requests.payer;
import static dev.chatelaine.vault.usage.Requests.quote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.access.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one caller says must never be what the database fails by: others' calls are made in the same transaction. */
class LedgerInputTest {
    @RegisterExtension
    final TestVault test = new TestVault();

    private Ledger ledger;
    private Payer jobs;

    @BeforeEach
    void aKeyWithACap() {
        ledger = test.vault().ledger();
        jobs = payer(test, "jobs", 1_000L);
    }

    @Test
    void whatNoDatabaseTakesIsNotAskedOfIt() {
        String absurd = "gpt\u0000\ud800 4\n" + "x".repeat(10_000);
        Quote quote = new Quote(Requests.OPENAI, absurd, absurd, CredentialSource.BYOK, new Tokens(1, 1, 0), 5L);
        Reservation held = ledger.reserve(jobs, ledger.newRequestId(), quote, LIFE);
        UsageRecord settled = ledger.settle(ACME, held.id(), cost(5L)).record();
        assertThat(settled.model()).startsWith("gpt\ufffd\ufffd 4\ufffdxx").hasSize(200);
        UsageRecord refused = ledger.refused(
                jobs,
                ledger.newRequestId(),
                Requests.OPENAI,
                absurd,
                absurd,
                new Outcome(404, -1, Tokens.NONE, null, 1, null, false, false));
        assertThat(refused.attempts()).isZero();
        assertThat(test.rows("SELECT model FROM usage_records WHERE configuration = model"))
                .containsExactly(refused.model(), refused.model());
    }

    @Test
    void anIdOfAnotherTenantsRequestIsTakenInWhateverState() {
        Payer rival = new Payer(TestVault.actor(RIVAL, Role.OWNER), null);
        Reservation held = ledger.reserve(jobs, ledger.newRequestId(), quote(100L), LIFE);
        for (int state = 0; state < 2; state++) {
            assertThat(refusal(() -> ledger.reserve(rival, held.id(), quote(1L), LIFE))
                            .code())
                    .isEqualTo(ErrorCode.CONFLICT);
            ledger.settle(ACME, held.id(), cost(70L));
        }
        assertThat(refusal(() -> ledger.refused(
                                rival,
                                held.id(),
                                Requests.OPENAI,
                                "gpt",
                                null,
                                new Outcome(404, 0, Tokens.NONE, null, 1, null, false, false)))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(test.rows("SELECT tenant || ' ' || status || ' ' || cost FROM usage_records"))
                .containsExactly("acme 200 70");
    }
}
