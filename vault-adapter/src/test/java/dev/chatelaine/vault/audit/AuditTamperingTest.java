package dev.chatelaine.vault.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.VaultFolder;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.audit.AuditVerification.Fault;
import dev.chatelaine.vault.audit.AuditVerification.Problem;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.secret.SecretChange;
import dev.chatelaine.vault.secret.SecretName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody who can write the database, and has no key, changes what happened. */
class AuditTamperingTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final int EVENTS = 6;

    @TempDir
    Path folder;

    private VaultFolder files;
    private Vault vault;
    private Actor acme;

    @BeforeEach
    void sixEvents() {
        files = new VaultFolder(folder);
        vault = files.open();
        acme = VaultFolder.owner(vault, "acme");
        for (int i = 2; i <= EVENTS; i++) {
            VaultFolder.create(vault, acme, "name-" + i, "value");
        }
        Actor umbrella = VaultFolder.owner(vault, "umbrella");
        for (int i = 2; i <= EVENTS; i++) {
            VaultFolder.create(vault, umbrella, "name-" + i, "value");
        }
        assertThat(verified().clean()).isTrue();
        assertThat(verified().events()).isEqualTo(EVENTS);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at = at + 1",
                "subject = 'somebody else'",
                "channel = 'mcp'",
                "client = 'another'",
                "client = NULL",
                "client = ''",
                "action = 'secret.delete'",
                "target = 'name-9'",
                "target = ''",
                "outcome = 'denied'",
                "outcome = 'whatever'",
                "mac = zeroblob(37)",
                "mac = x''",
                "mac = zeroblob(5)",
                "subject = subject || channel, channel = ''"
            })
    void aChangedColumnIsFoundWhereverTheEventIs(String change) {
        assertFoundWhereverTheEventIs(change);
    }

    /** Its columns take what is no number. */
    @Tag("sqlite")
    @Test
    void aTimeThatIsNoneIsFoundWhereverTheEventIs() {
        assertFoundWhereverTheEventIs("at = 'never'");
    }

    private void assertFoundWhereverTheEventIs(String change) {
        for (int sequence : new int[] {1, 3, EVENTS}) {
            files.sql("CREATE TABLE kept AS SELECT * FROM audit_events");
            files.sql("UPDATE audit_events SET " + change + " WHERE tenant = 'acme' AND sequence = " + sequence);
            assertThat(verified().faults()).contains(new Fault(sequence, Problem.CHANGED_OR_MOVED));
            files.sql("DELETE FROM audit_events", "INSERT INTO audit_events SELECT * FROM kept", "DROP TABLE kept");
            assertThat(verified().clean()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, EVENTS})
    void aRemovedEventIsMissed(int sequence) {
        files.sql("DELETE FROM audit_events WHERE tenant = 'acme' AND sequence = " + sequence);
        assertThat(verified().faults()).contains(new Fault(sequence, Problem.MISSING));
        assertStaysFoundAfterTheNextEvents();
    }

    @Test
    void anEventRemovedWithItsSequenceClosedUpIsFound() {
        files.sql(
                "DELETE FROM audit_events WHERE tenant = 'acme' AND sequence = 3",
                "UPDATE audit_events SET sequence = sequence - 1 WHERE tenant = 'acme' AND sequence > 3",
                "UPDATE audit_heads SET sequence = sequence - 1 WHERE tenant = 'acme'");
        assertThat(verified().clean()).isFalse();
        assertStaysFoundAfterTheNextEvents();
    }

    @Test
    void allEventsRemovedAreMissed() {
        files.sql("DELETE FROM audit_events WHERE tenant = 'acme'");
        assertThat(verified().faults()).hasSize(EVENTS);
        assertStaysFoundAfterTheNextEvents();
    }

    @Test
    void allEventsRemovedWithTheEndAreMissed() {
        files.sql("DELETE FROM audit_events WHERE tenant = 'acme'", "DELETE FROM audit_heads WHERE tenant = 'acme'");
        assertThat(verified().clean()).isFalse();
        assertStaysFoundAfterTheNextEvents();
    }

    @Test
    void theLastEventsRemovedWithTheEndPutBackAreFound() {
        files.sql(
                "DELETE FROM audit_events WHERE tenant = 'acme' AND sequence > 3",
                "UPDATE audit_heads SET sequence = 3 WHERE tenant = 'acme'");
        assertThat(verified().clean()).isFalse();
        assertStaysFoundAfterTheNextEvents();
    }

    @Test
    void theEndRemovedIsFound() {
        files.sql("DELETE FROM audit_heads WHERE tenant = 'acme'");
        assertThat(verified().clean()).isFalse();
        assertStaysFoundAfterTheNextEvents();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequence = 4", "sequence = 9", "mac = zeroblob(37)", "sequence = 0"})
    void aForgedEndIsFound(String change) {
        files.sql("UPDATE audit_heads SET " + change + " WHERE tenant = 'acme'");
        assertThat(verified().clean()).isFalse();
        assertStaysFoundAfterTheNextEvents();
    }

    /** A copy of the end as it once was is authentic; the events that followed it give it away. */
    @Test
    void anEndRolledBackUnderItsEventsIsFound() {
        files.sql("CREATE TABLE kept AS SELECT * FROM audit_heads WHERE tenant = 'acme'");
        VaultFolder.create(vault, acme, "later", "value");
        files.sql("DELETE FROM audit_heads WHERE tenant = 'acme'", "INSERT INTO audit_heads SELECT * FROM kept");
        assertThat(verified().clean()).isFalse();
    }

    @Test
    void exchangedEventsAreFound() {
        files.sql(
                "UPDATE audit_events SET sequence = 1000 WHERE tenant = 'acme' AND sequence = 2",
                "UPDATE audit_events SET sequence = 2 WHERE tenant = 'acme' AND sequence = 3",
                "UPDATE audit_events SET sequence = 3 WHERE tenant = 'acme' AND sequence = 1000");
        assertThat(verified().faults())
                .contains(new Fault(2, Problem.CHANGED_OR_MOVED), new Fault(3, Problem.CHANGED_OR_MOVED));
    }

    @Test
    void anotherTenantsEventAndAnotherTenantsChainAreFound() {
        files.sql(
                "DELETE FROM audit_events WHERE tenant = 'acme' AND sequence = 3",
                "INSERT INTO audit_events SELECT 'acme', sequence, at, subject, channel, client, action, target,"
                        + " outcome, mac FROM audit_events WHERE tenant = 'umbrella' AND sequence = 3");
        assertThat(verified().faults()).contains(new Fault(3, Problem.CHANGED_OR_MOVED));
        files.sql(
                "DELETE FROM audit_events WHERE tenant = 'acme'",
                "UPDATE audit_events SET tenant = 'acme' WHERE tenant = 'umbrella'",
                "UPDATE audit_heads SET (sequence, mac) = (SELECT sequence, mac FROM audit_heads WHERE tenant ="
                        + " 'umbrella') WHERE tenant = 'acme'");
        assertThat(verified().faults()).hasSizeGreaterThanOrEqualTo(EVENTS);
    }

    @Test
    void anEventPutInIsFound() {
        files.sql(
                "INSERT INTO audit_events SELECT tenant, 7, at, subject, channel, client, action, target, outcome, mac"
                        + " FROM audit_events WHERE tenant = 'acme' AND sequence = 6");
        assertThat(verified().clean()).isFalse();
        assertStaysFoundAfterTheNextEvents();
    }

    @Test
    void aRefusedAttemptIsAnEventAndItsEffectIsNot() {
        Actor viewer = VaultFolder.actor("acme", Role.VIEWER);
        assertThatThrownBy(() -> VaultFolder.create(vault, viewer, "mine", "value"))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
        assertThat(files.texts("SELECT action || ' ' || target || ' ' || outcome FROM audit_events WHERE sequence = 7"
                        + " AND tenant = 'acme'"))
                .containsExactly("secret.create mine denied");
        assertThat(files.number("SELECT COUNT(*) FROM secrets WHERE name = 'mine'"))
                .isZero();
        assertThat(verified().clean()).isTrue();
    }

    @Test
    void withoutAnEventNothingHappens() {
        List<String> before = state();
        files.sql("ALTER TABLE audit_events RENAME TO away");

        assertUnavailable(() -> VaultFolder.create(vault, acme, "another", "value"));
        assertUnavailable(() -> vault.secrets()
                .update(acme, new SecretName("name-2"), new SecretChange(SecretValue.of("other"), null, null)));
        assertUnavailable(() -> vault.secretHistory().delete(acme, new SecretName("name-2")));
        assertUnavailable(() -> VaultFolder.holds(vault, acme, "name-2", "value"));
        assertUnavailable(() -> vault.tenantRotation().rotate(acme, (done, whole) -> {}));
        assertUnavailable(() -> VaultFolder.create(vault, VaultFolder.actor("acme", Role.VIEWER), "another", "value"));

        files.sql("ALTER TABLE away RENAME TO audit_events");
        assertThat(state()).isEqualTo(before);
        assertThat(VaultFolder.holds(vault, acme, "name-2", "value")).isTrue();
        assertThat(verified().clean()).isTrue();
    }

    @Test
    void anEffectThatFailsLeavesNoEvent() {
        assertThatThrownBy(() -> VaultFolder.create(vault, acme, "name-2", "value"))
                .isInstanceOf(VaultException.class);
        assertThatThrownBy(() -> vault.secretHistory().rollback(acme, new SecretName("name-2"), 9))
                .isInstanceOf(VaultException.class);
        files.sql("CREATE TRIGGER no_more BEFORE INSERT ON audit_heads BEGIN SELECT RAISE(ABORT, 'no'); END");
        assertUnavailable(() -> VaultFolder.create(vault, acme, "another", "value"));
        files.sql("DROP TRIGGER no_more");
        assertThat(verified().events()).isEqualTo(EVENTS);
        assertThat(verified().clean()).isTrue();
    }

    private void assertStaysFoundAfterTheNextEvents() {
        VaultFolder.create(vault, acme, "after-1", "value");
        VaultFolder.create(vault, acme, "after-2", "value");
        assertThat(verified().clean()).as("after the next events").isFalse();
    }

    private AuditVerification verified() {
        return vault.audit().verify(ACME);
    }

    private List<String> state() {
        return files.texts("SELECT name || version || COALESCE(deleted_at, 0) || COALESCE(last_used_at, 0) FROM secrets"
                + " UNION ALL SELECT hex(sealed) FROM secret_versions"
                + " UNION ALL SELECT hex(sealed_values_keyset) FROM tenant_keyrings"
                + " UNION ALL SELECT hex(mac) FROM audit_heads");
    }

    private static void assertUnavailable(Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VAULT_UNAVAILABLE));
    }
}
