package dev.chatelaine.vault.usage;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.refusal;
import static dev.chatelaine.vault.usage.Requests.LIFE;
import static dev.chatelaine.vault.usage.Requests.payer;
import static dev.chatelaine.vault.usage.Requests.quote;
import static dev.chatelaine.vault.usage.Requests.spend;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.access.Role;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that are reserved for together. */
class ReservationsTest {
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
    void ofSeveralThatAreReservedForTogetherEachPassesOrIsRefusedByItself() {
        Ledger.Asking<String> fits = asking(600L, () -> "opened");
        Ledger.Asking<String> tooMuch = asking(401L, () -> "not opened");
        Ledger.Asking<String> fails = asking(100L, () -> {
            throw new IllegalStateException("no key");
        });
        Ledger.Asking<String> stillFits = asking(400L, () -> "opened too");

        Reservations<String> made = ledger.reserve(jobs, List.of(fits, tooMuch, fails, stillFits), LIFE);

        assertThat(made.of(fits.id()).opened()).isEqualTo("opened");
        assertThat(made.of(fits.id()).reservation().id()).isEqualTo(fits.id());
        assertThat(refusal(() -> made.of(tooMuch.id())).code()).isEqualTo(ErrorCode.SPEND_CAP_REACHED);
        assertThatThrownBy(() -> made.of(fails.id())).hasMessage("no key");
        assertThat(made.of(stillFits.id()).opened()).isEqualTo("opened too");
        assertThat(spend(test.vault(), jobs).reserved()).isEqualTo(1_000);
        assertThat(test.rows("SELECT id FROM usage_reservations")).containsExactlyInAnyOrder(fits.id(), stillFits.id());
    }

    @Test
    void whoMayNotInvokeIsRefusedForEachOfSeveralWithAnEventEach() {
        Payer viewer = new Payer(TestVault.actor(ACME, Role.VIEWER), jobs.keyId());
        Ledger.Asking<String> one = asking(1L, () -> "one");
        Ledger.Asking<String> other = asking(1L, () -> "other");
        int before = test.rows("SELECT sequence FROM audit_events").size();

        Reservations<String> made = ledger.reserve(viewer, List.of(one, other), LIFE);

        assertThat(refusal(() -> made.of(one.id())).code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
        assertThat(refusal(() -> made.of(other.id())).code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
        assertThat(test.rows("SELECT sequence FROM audit_events")).hasSize(before + 2);
        assertThat(spend(test.vault(), jobs).reserved()).isZero();
    }

    private Ledger.Asking<String> asking(long microUsd, Supplier<String> opening) {
        return new Ledger.Asking<>(ledger.newRequestId(), quote(microUsd), tx -> opening.get());
    }
}
