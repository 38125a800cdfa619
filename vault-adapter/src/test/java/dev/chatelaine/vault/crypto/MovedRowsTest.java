package dev.chatelaine.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultFolder;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.secret.SecretChange;
import dev.chatelaine.vault.secret.SecretName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who can write the database, and has no key, moves sealed values about. */
class MovedRowsTest {
    @TempDir
    Path folder;

    private VaultFolder files;
    private Vault vault;
    private Actor acme;
    private Actor umbrella;
    private String mine;
    private String theirs;

    @BeforeEach
    void open() {
        files = new VaultFolder(folder);
        vault = files.open();
        acme = VaultFolder.owner(vault, "acme");
        umbrella = VaultFolder.owner(vault, "umbrella");
        mine = VaultFolder.create(vault, acme, "mine", "my first value").id();
        VaultFolder.create(vault, acme, "other", "another value");
        theirs = VaultFolder.create(vault, umbrella, "theirs", "their value").id();
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void anotherTenantsValueDoesNotOpenAsMine() {
        files.sql("UPDATE secret_versions SET sealed = (SELECT sealed FROM secret_versions WHERE secret_id = '" + theirs
                + "') WHERE secret_id = '" + mine + "'");
        assertThatOnlyMineFails();
    }

    @Test
    void anotherRecordsValueDoesNotOpenAsMine() {
        files.sql("UPDATE secret_versions SET sealed = (SELECT v.sealed FROM secret_versions v JOIN secrets s ON s.id ="
                + " v.secret_id WHERE s.name = 'other') WHERE secret_id = '" + mine + "'");
        assertThatOnlyMineFails();
    }

    @Test
    void anotherVersionsValueDoesNotOpenAsTheCurrentOne() {
        vault.secrets().update(acme, new SecretName("mine"), new SecretChange(SecretValue.of("second"), null, null));
        files.sql("UPDATE secret_versions SET sealed = (SELECT sealed FROM secret_versions WHERE secret_id = '" + mine
                + "' AND number = 1) WHERE secret_id = '" + mine + "' AND number = 2");
        assertThatOnlyMineFails();
        assertThat(refusal(() -> vault.secretHistory().rollback(acme, new SecretName("other"), 7)))
                .isEqualTo(ErrorCode.VERSION_NOT_FOUND);
        vault.secretHistory().rollback(acme, new SecretName("mine"), 1);
        assertThat(VaultFolder.holds(vault, acme, "mine", "my first value")).isTrue();
    }

    @Test
    void aRowMovedToAnotherTenantDoesNotOpenThere() {
        files.sql(
                "UPDATE secret_versions SET tenant = 'umbrella' WHERE secret_id = '" + mine + "'",
                "UPDATE secrets SET tenant = 'umbrella' WHERE id = '" + mine + "'");
        assertThat(refusal(() -> VaultFolder.holds(vault, umbrella, "mine", "my first value")))
                .isEqualTo(ErrorCode.INTEGRITY_FAILED);
        assertThat(VaultFolder.holds(vault, umbrella, "theirs", "their value")).isTrue();
        assertThat(VaultFolder.holds(vault, acme, "other", "another value")).isTrue();
    }

    @Test
    void aVersionMovedToAnotherTenantIsMissed() {
        files.sql("UPDATE secret_versions SET tenant = 'umbrella' WHERE secret_id = '" + mine + "'");
        assertThatOnlyMineFails();
    }

    @Test
    void aRecordWithAnotherIdDoesNotOpen() {
        files.sql(
                "PRAGMA foreign_keys=OFF",
                "UPDATE secrets SET id = 'sec_forged' WHERE id = '" + mine + "'",
                "UPDATE secret_versions SET secret_id = 'sec_forged' WHERE secret_id = '" + mine + "'");
        assertThatOnlyMineFails();
    }

    @Test
    void aVersionWithAnotherNumberDoesNotOpen() {
        files.sql(
                "UPDATE secrets SET version = 2 WHERE id = '" + mine + "'",
                "UPDATE secret_versions SET number = 2 WHERE secret_id = '" + mine + "'");
        assertThatOnlyMineFails();
    }

    @Test
    void bytesThatCannotBeASealedValueFailTheSameWay() {
        files.sql("UPDATE secret_versions SET sealed = x'00' WHERE secret_id = '" + mine + "'");
        assertThatOnlyMineFails();
    }

    @Test
    void aTenantsKeyringDoesNotOpenForAnother() {
        files.sql("UPDATE tenant_keyrings SET (revision, root_key_id, primary_key_id, sealed_values_keyset,"
                + " sealed_audit_keyset) = (SELECT revision, root_key_id, primary_key_id, sealed_values_keyset,"
                + " sealed_audit_keyset FROM tenant_keyrings WHERE tenant = 'acme') WHERE tenant = 'umbrella'");
        assertThat(refusal(() -> VaultFolder.holds(vault, umbrella, "theirs", "their value")))
                .isEqualTo(ErrorCode.INTEGRITY_FAILED);
        assertThat(VaultFolder.holds(vault, acme, "mine", "my first value")).isTrue();
    }

    @Test
    void aKeyringsPartsAreNotExchanged() {
        files.sql("UPDATE tenant_keyrings SET sealed_values_keyset = sealed_audit_keyset, sealed_audit_keyset ="
                + " sealed_values_keyset WHERE tenant = 'umbrella'");
        assertThat(refusal(() -> VaultFolder.holds(vault, umbrella, "theirs", "their value")))
                .isEqualTo(ErrorCode.INTEGRITY_FAILED);
    }

    @Test
    void aKeyringWithAnotherRevisionDoesNotOpen() {
        files.sql("UPDATE tenant_keyrings SET revision = 2 WHERE tenant = 'umbrella'");
        assertThat(refusal(() -> VaultFolder.holds(vault, umbrella, "theirs", "their value")))
                .isEqualTo(ErrorCode.INTEGRITY_FAILED);
    }

    @Test
    void aValueThatDoesNotOpenCanBeReplaced() {
        files.sql("UPDATE secret_versions SET sealed = x'00' WHERE secret_id = '" + mine + "'");
        vault.secrets().update(acme, new SecretName("mine"), new SecretChange(SecretValue.of("new"), null, null));
        assertThat(VaultFolder.holds(vault, acme, "mine", "new")).isTrue();
    }

    private void assertThatOnlyMineFails() {
        assertThat(refusal(() -> VaultFolder.holds(vault, acme, "mine", "my first value")))
                .isEqualTo(ErrorCode.INTEGRITY_FAILED);
        assertThat(VaultFolder.holds(vault, acme, "other", "another value")).isTrue();
        assertThat(VaultFolder.holds(vault, umbrella, "theirs", "their value")).isTrue();
        assertThat(vault.secrets().get(acme, new SecretName("mine")).name()).isEqualTo(new SecretName("mine"));
        assertThat(List.of(acme, umbrella))
                .allMatch(actor -> vault.audit().verify(actor.tenant()).clean());
    }

    private static ErrorCode refusal(Runnable attempt) {
        return SealingTest.refusal(attempt);
    }
}
