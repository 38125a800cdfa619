package dev.chatelaine.vault.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultFolder;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a root rotation writes, counted by triggers in the database itself. */
class RootRotationCostIT {
    private static final int TENANTS = 100;
    private static final int FEW = Integer.getInteger("vault.secrets.few", 10_000);
    private static final int MANY = Integer.getInteger("vault.secrets.many", 100_000);
    private static final List<String> TABLES =
            List.of("tenant_keyrings", "audit_events", "audit_heads", "secrets", "secret_versions", "vault");

    @TempDir
    Path folder;

    @Test
    void itGrowsWithTheTenantsAndNotWithTheirSecrets() {
        List<Long> few = writes(FEW);
        assertThat(few).containsExactly(100L, 100L, 100L, 0L, 0L, 1L);
        assertThat(writes(MANY)).isEqualTo(few);
    }

    private List<Long> writes(int secrets) {
        VaultFolder files = new VaultFolder(folder.resolve("with-" + secrets));
        Actor operator = VaultFolder.actor("t-0", Role.OWNER);
        try (Vault vault = files.open()) {
            for (int i = 0; i < TENANTS; i++) {
                VaultFolder.create(vault, VaultFolder.owner(vault, "t-" + i), "first", "value");
            }
            multiply(files, secrets / TENANTS);
            count(files);
            long start = System.nanoTime();
            RotationResult result = vault.rootRotation().rotate(operator, (done, whole) -> {});
            System.out.println("root rotation over " + TENANTS + " tenants with " + secrets + " secrets: "
                    + Duration.ofNanos(System.nanoTime() - start));

            assertThat(result.resealed()).isEqualTo(TENANTS);
            assertThat(files.number("SELECT COUNT(*) FROM secrets")).isEqualTo(secrets);
            List<Long> written = TABLES.stream()
                    .map(table -> files.number("SELECT COUNT(*) FROM written WHERE name = '" + table + "'"))
                    .toList();
            assertThat(VaultFolder.holds(vault, operator, "first", "value")).isTrue();
            return written;
        }
    }

    /** Rows by the thousand, whose values nobody will open. */
    private static void multiply(VaultFolder files, int perTenant) {
        String numbers = "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < " + perTenant + ")";
        files.sql(
                "BEGIN IMMEDIATE",
                "CREATE TEMP TABLE firsts AS SELECT s.*, v.sealed, v.key_id FROM secrets s JOIN secret_versions v ON"
                        + " v.secret_id = s.id",
                "INSERT INTO secrets (id, tenant, name, category, description, version, key_status, created_at,"
                        + " updated_at) " + numbers + " SELECT id || '-' || i, tenant, 'name-' || i, category,"
                        + " description, 1, key_status, created_at, updated_at FROM firsts, n",
                "INSERT INTO secret_versions (secret_id, number, tenant, sealed, key_id, created_at, created_by) "
                        + numbers + " SELECT id || '-' || i, 1, tenant, sealed, key_id, created_at, 'test' FROM"
                        + " firsts, n",
                "COMMIT");
    }

    private static void count(VaultFolder files) {
        files.sql("CREATE TABLE written (name TEXT)");
        for (String table : TABLES) {
            for (String change : List.of("INSERT", "UPDATE", "DELETE")) {
                files.sql("CREATE TRIGGER count_" + table + "_" + change + " AFTER " + change + " ON " + table
                        + " BEGIN INSERT INTO written VALUES ('" + table + "'); END");
            }
        }
    }
}
