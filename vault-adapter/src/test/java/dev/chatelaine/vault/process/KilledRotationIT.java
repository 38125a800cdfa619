package dev.chatelaine.vault.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultFolder;
import dev.chatelaine.vault.access.Actor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rotations killed after their first step, and finished by another process. */
class KilledRotationIT {
    private static final int TENANTS = 80;
    private static final int SECRETS = 800;

    @TempDir
    Path folder;

    @Test
    void aRootRotationThatIsKilledIsFinishedByTheNext() {
        VaultFolder files = new VaultFolder(folder);
        try (Vault vault = files.open()) {
            for (int i = 0; i < TENANTS; i++) {
                VaultFolder.create(vault, VaultFolder.owner(vault, "t-" + i), "name", "value");
            }
            killedAfterAStep("rotate-root");
            assertThat(files.number("SELECT COUNT(DISTINCT root_key_id) FROM tenant_keyrings"))
                    .isEqualTo(2);
            Actor operator = VaultFolder.owner(vault, "acme");
            assertThat(vault.rootRotation()
                            .rotate(operator, (done, whole) -> {})
                            .resumed())
                    .isTrue();
            assertThat(files.number("SELECT COUNT(DISTINCT root_key_id) FROM tenant_keyrings"))
                    .isEqualTo(1);
            for (int i = 0; i < TENANTS; i++) {
                Actor owner = VaultFolder.owner(vault, "t-" + i);
                assertThat(VaultFolder.holds(vault, owner, "name", "value")).isTrue();
                assertThat(vault.audit().verify(owner.tenant()).clean()).isTrue();
            }
        }
        files.open().close();
    }

    @Test
    void aTenantRotationThatIsKilledIsFinishedByTheNext() {
        VaultFolder files = new VaultFolder(folder);
        try (Vault vault = files.open()) {
            Actor owner = VaultFolder.owner(vault, "acme");
            for (int i = 0; i < SECRETS; i++) {
                VaultFolder.create(vault, owner, "name-" + i, "value");
            }
            killedAfterAStep("rotate-tenant");
            assertThat(files.number("SELECT COUNT(DISTINCT key_id) FROM secret_versions"))
                    .isEqualTo(2);
            assertThat(vault.tenantRotation().rotate(owner, (done, whole) -> {}).resumed())
                    .isTrue();
            assertThat(files.number("SELECT COUNT(DISTINCT key_id) FROM secret_versions"))
                    .isEqualTo(1);
            for (int i = 0; i < SECRETS; i += 50) {
                assertThat(VaultFolder.holds(vault, owner, "name-" + i, "value"))
                        .isTrue();
            }
            assertThat(vault.audit().verify(owner.tenant()).clean()).isTrue();
        }
    }

    private void killedAfterAStep(String rotation) {
        try (WorkerProcess worker = WorkerProcess.start(folder)) {
            worker.ready();
            worker.send(rotation);
            assertThat(worker.next()).startsWith("step ");
            worker.kill();
        }
    }
}
