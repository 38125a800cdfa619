package dev.chatelaine.vault.move;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.PostgresServer;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.VaultFolder;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.move.MoveResult.Outcome;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.tenant.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("postgresql")
class VaultMoveIT extends MoveCase {
    @Test
    void everythingIsThereAndOpens() {
        MoveResult result = moved();

        assertThat(result.outcome()).isEqualTo(Outcome.MOVED);
        assertThat(result.checked().faults()).isEmpty();
        assertThat(result.checked().tenants()).isEqualTo(2);
        assertThat(result.copied().present()).isZero();
        try (Vault there = vault.open(target)) {
            Actor acme = VaultFolder.actor("acme", Role.OWNER);
            assertThat(VaultFolder.holds(there, acme, "stripe", "Zürich \uD83D\uDD11 'quoted' \\ \t"))
                    .isTrue();
            assertThat(VaultFolder.holds(there, VaultFolder.actor("rival", Role.OWNER), "stripe", "the rival's"))
                    .isTrue();
            assertThat(there.secretHistory().list(acme, new SecretName("stripe")))
                    .hasSize(2);
            there.secretHistory().restore(acme, new SecretName("gone"));
            assertThat(VaultFolder.holds(there, acme, "gone", "deleted")).isTrue();
            assertThat(there.tenants().list().stream().map(Tenant::id))
                    .allSatisfy(tenant ->
                            assertThat(there.audit().verify(tenant).clean()).isTrue());
            assertThat(there.tokenKeys().verifying()).hasSize(2);
        }
    }

    /** A table that a migration adds needs a row in {@link MovableVault} and then is found here by itself. */
    @Test
    void everyTableIsMovedAndNoneIsTriedWithoutRows() {
        MoveResult result = moved();

        List<String> tables = texts("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace ="
                + " 'public'::regnamespace AND relname <> 'schema_steps' ORDER BY relname COLLATE \"C\"");
        assertThat(result.copied().tables().keySet()).containsExactlyElementsOf(tables);
        assertThat(result.copied().tables()).allSatisfy((table, content) -> {
            assertThat(content.rows()).as(table).isPositive();
            assertThat(texts("SELECT COUNT(*) FROM " + table)).containsExactly(Long.toString(content.rows()));
        });
    }

    @Test
    void theFileAndItsLogAreLeftAsTheyWere() throws IOException {
        try (Vault open = vault.open()) {
            MovableVault.change(open, VaultFolder.actor("acme", Role.OWNER), "stripe", "in the log");
            List<String> before = files();
            assertThat(before).hasSize(2);

            moved();

            assertThat(files()).isEqualTo(before);
        }
        List<String> closed = files();

        vault.move().move(vault.file(), MovableVault.empty(), false, UNSEEN);

        assertThat(files()).isEqualTo(closed);
        vault.open().close();
    }

    /** As a process that was killed leaves it. */
    @Test
    void whatIsOnlyInTheLogIsMovedToo(@TempDir Path left) throws IOException {
        MovableVault killed = new MovableVault(left);
        try (Vault open = vault.open()) {
            MovableVault.change(open, VaultFolder.actor("acme", Role.OWNER), "stripe", "in the log");
            for (String file : List.of("data/vault.db", "data/vault.db-wal", "config/root.key")) {
                Files.createDirectories(left.resolve(file).getParent());
                Files.copy(folder.resolve(file), left.resolve(file));
            }
        }
        vault = killed;
        List<String> before = files();

        assertThat(moved().outcome()).isEqualTo(Outcome.MOVED);

        assertThat(files()).isEqualTo(before);
        try (Vault there = vault.open(target)) {
            assertThat(VaultFolder.holds(there, VaultFolder.actor("acme", Role.OWNER), "stripe", "in the log"))
                    .isTrue();
        }
    }

    /** The bytes of the file and, where it has some, of its log. */
    private List<String> files() throws IOException {
        List<String> files = new ArrayList<>();
        for (String suffix : List.of("", "-wal", "-journal")) {
            Path file = vault.file().resolveSibling("vault.db" + suffix);
            if (Files.exists(file) && Files.size(file) > 0) {
                files.add(suffix + HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    @Test
    void whatIsInterruptedOpensForNobodyAndGoesOn() {
        interrupt();

        VaultException refused = refusal(() -> vault.open(target));
        assertThat(refused.code()).isEqualTo(ErrorCode.VAULT_UNAVAILABLE);
        assertThat(refused.text()).contains("is being moved into this database and is not whole yet");
        MoveResult result = moved();

        assertThat(result.outcome()).isEqualTo(Outcome.MOVED);
        assertThat(result.copied().present()).isBetween(1L, result.copied().rows() - 1);
        vault.open(target).close();
    }

    @Test
    void aFileThatChangedSinceIsCopiedAnew() {
        interrupt();
        try (Vault changing = vault.open()) {
            changing.tenants().changePlan(VaultFolder.actor("acme", Role.OWNER), MovableVault.acme(), "starter");
            MovableVault.change(changing, VaultFolder.actor("acme", Role.OWNER), "stripe", "newest");
        }

        MoveResult result = moved();

        assertThat(result.outcome()).isEqualTo(Outcome.MOVED);
        assertThat(result.copied().present()).isZero();
        try (Vault there = vault.open(target)) {
            assertThat(VaultFolder.holds(there, VaultFolder.actor("acme", Role.OWNER), "stripe", "newest"))
                    .isTrue();
        }
    }

    @Test
    void whatWasChangedInTheHalfCopyIsCopiedAnew() throws SQLException {
        interrupt();
        execute("UPDATE tenants SET plan = 'starter'");

        assertThat(moved().outcome()).isEqualTo(Outcome.MOVED);
        assertThat(texts("SELECT DISTINCT plan FROM tenants WHERE plan <> '-'")).containsExactly(VaultFolder.PLAN);
    }

    @Test
    void whoWritesMeanwhileIsFoundOutAndTheNextRunGoesOn() {
        try (Vault open = vault.open()) {
            Actor acme = VaultFolder.actor("acme", Role.OWNER);
            MoveResult result = vault.move()
                    .move(vault.file(), target, false, once(() -> VaultFolder.create(open, acme, "late", "value")));
            assertThat(result.outcome()).isEqualTo(Outcome.SOURCE_CHANGED);
            assertThat(refusal(() -> vault.open(target)).text()).contains("not whole yet");
        }

        assertThat(moved().outcome()).isEqualTo(Outcome.MOVED);
        try (Vault there = vault.open(target)) {
            assertThat(VaultFolder.holds(there, VaultFolder.actor("acme", Role.OWNER), "late", "value"))
                    .isTrue();
        }
    }

    @Test
    void aWriteThatChangesNothingDoesNotMatter() {
        MoveResult result =
                vault.move().move(vault.file(), target, false, once(() -> vault.sql("UPDATE tenants SET plan = plan")));

        assertThat(result.outcome()).isEqualTo(Outcome.MOVED);
    }

    @Test
    void aVaultWithFaultsIsMovedOnlyWhenThatIsWanted() {
        vault.sql(
                "UPDATE secret_versions SET sealed = zeroblob(60) WHERE tenant = 'rival'",
                "UPDATE audit_events SET subject = 'nobody' WHERE tenant = 'acme' AND sequence = 2",
                "UPDATE token_keys SET sealed_public = sealed_private WHERE signing = 1");

        MoveResult refused = moved();

        assertThat(refused.outcome()).isEqualTo(Outcome.FAULTY);
        assertThat(refused.checked().faults())
                .satisfiesExactlyInAnyOrder(
                        fault -> assertThat(fault).isEqualTo("the audit of acme"),
                        fault -> assertThat(fault).matches("SECRET sec_\\w+ version 1 of rival"),
                        fault -> assertThat(fault).matches("the token key tky_\\w+"));
        assertThat(refusal(() -> vault.open(target)).text()).contains("not whole yet");

        MoveResult wanted = vault.move().move(vault.file(), target, true, UNSEEN);
        assertThat(wanted.outcome()).isEqualTo(Outcome.MOVED);
        assertThat(wanted.checked().faults()).isEqualTo(refused.checked().faults());
        assertThat(wanted.copied().present()).isEqualTo(wanted.copied().rows() - 1);
        vault.open(target).close();
    }

    @Test
    void keysThatDoNotOpenAreAFault() {
        vault.sql("UPDATE tenant_keyrings SET revision = 7 WHERE tenant = 'rival'");

        assertThat(moved().checked().faults()).containsExactly("the keys of rival");
    }

    @Test
    void noValueIsTold() {
        MoveResult result = moved();
        assertThat(result.toString()).doesNotContain("first", "the rival's", PostgresServer.PASSWORD);
        assertThat(target.toString()).doesNotContain(PostgresServer.PASSWORD);
        assertThat(SecretValue.of("first").toString()).doesNotContain("first");
    }
}
