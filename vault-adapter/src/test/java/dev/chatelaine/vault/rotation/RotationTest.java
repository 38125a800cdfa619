package dev.chatelaine.vault.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestSessions;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.VaultFolder;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.crypto.EnvironmentRootKey;
import dev.chatelaine.vault.session.StartedSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotationTest {
    private static final Progress STOPPED = (done, whole) -> {
        throw new IllegalStateException("as if killed here");
    };
    private static final Progress QUIET = (done, whole) -> {};

    @TempDir
    Path folder;

    private VaultFolder files;

    @BeforeEach
    void files() {
        files = new VaultFolder(folder);
    }

    @Test
    void aRootRotationThatStoppedHalfWayOpensEverythingAndIsFinishedByTheNext() {
        try (Vault vault = files.open()) {
            tenants(vault, 50);
            Actor operator = VaultFolder.actor("t-0", Role.OWNER);
            assertThatThrownBy(() -> vault.rootRotation().rotate(operator, STOPPED))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(files.number("SELECT COUNT(DISTINCT root_key_id) FROM tenant_keyrings"))
                .isEqualTo(2);
        try (Vault vault = files.open()) {
            Actor operator = VaultFolder.actor("t-0", Role.OWNER);
            assertAllOpen(vault, 50);
            RotationResult result = vault.rootRotation().rotate(operator, QUIET);
            assertThat(result.resumed()).isTrue();
            assertThat(result.resealed()).isEqualTo(30);
            assertAllOpen(vault, 50);

            RotationResult next = vault.rootRotation().rotate(operator, QUIET);
            assertThat(next.resumed()).isFalse();
            assertThat(next.resealed()).isEqualTo(50);
            assertThat(next.keyId()).isNotEqualTo(result.keyId());
            assertAllOpen(vault, 50);
        }
    }

    @Test
    void aTenantRotationThatStoppedHalfWayOpensEverythingAndIsFinishedByTheNext() {
        try (Vault vault = files.open()) {
            Actor owner = secrets(vault, 450);
            assertThatThrownBy(() -> vault.tenantRotation().rotate(owner, STOPPED))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(VaultFolder.holds(vault, owner, "name-0", "value")).isTrue();
            assertThat(VaultFolder.holds(vault, owner, "name-449", "value")).isTrue();

            RotationResult result = vault.tenantRotation().rotate(owner, QUIET);
            assertThat(result.resumed()).isTrue();
            assertThat(result.resealed()).isEqualTo(250);
            assertThat(files.number("SELECT COUNT(DISTINCT key_id) FROM secret_versions"))
                    .isEqualTo(1);
            assertThat(VaultFolder.holds(vault, owner, "name-449", "value")).isTrue();
            assertThat(vault.tenantRotation().rotate(owner, QUIET).resumed()).isFalse();
            assertThat(vault.audit().verify(owner.tenant()).clean()).isTrue();
        }
    }

    @Test
    void aTenantRotationSealsBundlesAndSnapshotsAnewAndTheyOpenStill() {
        try (Vault vault = files.open()) {
            Actor owner = VaultFolder.owner(vault, "acme");
            BundleName bot = new BundleName("bot");
            vault.bundles().create(owner, bot, TestSessions.values("A", "one", "B", "two"));
            StartedSession started = vault.sessions().start(owner, TestSessions.with("bot"));
            vault.bundles().replace(owner, bot, TestSessions.values("A", "one", "C", "three"));
            String id = started.session().id();

            RotationResult result = vault.tenantRotation().rotate(owner, QUIET);

            assertThat(result.resealed()).isEqualTo(4);
            assertThat(result.damaged()).isEmpty();
            assertThat(files.texts("SELECT DISTINCT key_id FROM bundle_values UNION SELECT key_id FROM session_values"
                            + " WHERE sealed IS NOT NULL"))
                    .containsExactly(Long.toString(result.keyId()));
            assertThat(vault.sessionRuntimes()
                            .environment(id, started.token())
                            .orElseThrow()
                            .values())
                    .isEqualTo(TestSessions.given("A", "one", "C", "three"));
            assertThat(vault.sessions().get(owner, id).keyNames()).isEqualTo(TestSessions.keys("A", "C"));
            assertThat(vault.tenantRotation().rotate(owner, QUIET).resumed()).isFalse();
        }
    }

    @Test
    void aValueThatDoesNotOpenIsReportedAndStopsNoRotation() {
        try (Vault vault = files.open()) {
            Actor owner = secrets(vault, 3);
            files.sql("UPDATE secret_versions SET sealed = zeroblob(40) WHERE secret_id = (SELECT id FROM secrets WHERE"
                    + " name = 'name-1')");
            RotationResult first = vault.tenantRotation().rotate(owner, QUIET);
            RotationResult second = vault.tenantRotation().rotate(owner, QUIET);

            assertThat(first.resealed()).isEqualTo(2);
            assertThat(second.resumed()).isFalse();
            assertThat(second.resealed()).isEqualTo(2);
            assertThat(second.keyId()).isNotEqualTo(first.keyId());
            assertThat(second.damaged()).hasSize(1);
            assertThat(VaultFolder.holds(vault, owner, "name-2", "value")).isTrue();
        }
    }

    @Test
    void aKeyringThatDoesNotOpenIsReportedAndStopsNoRotation() {
        try (Vault vault = files.open()) {
            tenants(vault, 3);
            files.sql("UPDATE tenant_keyrings SET sealed_audit_keyset = sealed_values_keyset WHERE tenant = 't-1'");
            Actor operator = VaultFolder.actor("t-0", Role.OWNER);
            RotationResult first = vault.rootRotation().rotate(operator, QUIET);
            RotationResult second = vault.rootRotation().rotate(operator, QUIET);

            assertThat(first.damaged()).containsExactly("keyring of t-1");
            assertThat(second.resumed()).isFalse();
            assertThat(second.keyId()).isNotEqualTo(first.keyId());
            assertThat(VaultFolder.holds(vault, VaultFolder.actor("t-2", Role.OWNER), "name", "value"))
                    .isTrue();
        }
    }

    @Test
    void aTenantRotationNeedsTheOwner() {
        try (Vault vault = files.open()) {
            secrets(vault, 1);
            assertThatThrownBy(() -> vault.tenantRotation().rotate(VaultFolder.actor("acme", Role.ADMIN), QUIET))
                    .isInstanceOfSatisfying(
                            VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
        }
    }

    @Test
    void aKeyFromTheEnvironmentIsRotatedByPuttingTheNewOneInFront() {
        String old = Base64.getEncoder().encodeToString(new byte[32]);
        String fresh =
                Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
        Actor operator = VaultFolder.actor("t-0", Role.OWNER);
        try (Vault vault = files.open(new EnvironmentRootKey(old))) {
            tenants(vault, 2);
            assertThatThrownBy(() -> vault.rootRotation().rotate(operator, QUIET))
                    .hasMessageContaining("separated by a comma");
            assertAllOpen(vault, 2);
        }
        try (Vault vault = files.open(new EnvironmentRootKey(fresh + "," + old))) {
            assertThat(vault.rootRotation().rotate(operator, QUIET).resealed()).isEqualTo(2);
        }
        try (Vault vault = files.open(new EnvironmentRootKey(fresh))) {
            assertAllOpen(vault, 2);
        }
        assertThatThrownBy(() -> files.open(new EnvironmentRootKey(old))).isInstanceOf(VaultException.class);
    }

    private static void tenants(Vault vault, int count) {
        for (int i = 0; i < count; i++) {
            VaultFolder.create(vault, VaultFolder.owner(vault, "t-" + i), "name", "value");
        }
    }

    private static Actor secrets(Vault vault, int count) {
        Actor owner = VaultFolder.owner(vault, "acme");
        for (int i = 0; i < count; i++) {
            VaultFolder.create(vault, owner, "name-" + i, "value");
        }
        return owner;
    }

    private static void assertAllOpen(Vault vault, int tenants) {
        for (int i = 0; i < tenants; i++) {
            assertThat(VaultFolder.holds(vault, VaultFolder.actor("t-" + i, Role.OWNER), "name", "value"))
                    .isTrue();
        }
    }
}
