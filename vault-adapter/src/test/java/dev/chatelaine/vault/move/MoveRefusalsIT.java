package dev.chatelaine.vault.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.PostgresServer;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.move.MoveResult.Outcome;
import dev.chatelaine.vault.store.DatabaseLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What moves are refused, and what goes wrong half-way. */
@Tag("postgresql")
class MoveRefusalsIT extends MoveCase {
    @Test
    void aSecondMoveIntoTheSameDatabaseIsRefusedWhileOneIsAtWork() {
        List<VaultException> refused = new ArrayList<>();

        MoveResult result =
                vault.move().move(vault.file(), target, false, once(() -> refused.add(refusal(() -> moved()))));

        assertThat(refused).singleElement().satisfies(e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(e.text()).startsWith("Another `chatelaine migrate` is at work");
        });
        assertThat(result.outcome()).isEqualTo(Outcome.MOVED);
    }

    @Test
    void ofMovesThatBeginTogetherOneIsDone() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Callable<String> move = () -> {
                try {
                    return moved().outcome().label();
                } catch (VaultException e) {
                    return e.code().code();
                }
            };
            List<String> ends = new ArrayList<>();
            for (Future<String> end : threads.invokeAll(List.of(move, move, move))) {
                ends.add(end.get());
            }
            assertThat(ends).containsExactlyInAnyOrder("moved", "conflict", "conflict");
        } finally {
            threads.shutdownNow();
        }
        vault.open(target).close();
    }

    @Test
    void aDatabaseThatIsTheVaultAlreadyIsRefused() {
        moved();
        assertRefused("holds this vault already");
        vault.open(target).close();
    }

    @Test
    void aDatabaseWithAnotherVaultIsRefusedWholeOrHalf(@TempDir Path elsewhere) {
        MovableVault other = new MovableVault(elsewhere).furnish();
        other.open(target).close();
        assertRefused("holds another vault");
        DatabaseLocation.PostgreSql half = MovableVault.empty();
        var unused = catchThrowableOfType(
                Interruption.class, () -> other.move().move(other.file(), half, false, once(this::interruption)));

        target = half;
        assertRefused("holds another vault");

        assertThat(other.move().move(other.file(), half, false, UNSEEN).outcome())
                .isEqualTo(Outcome.MOVED);
    }

    @Test
    void aNodeThatMakesItsOwnVaultInTheDatabaseMeanwhileCannot() {
        MoveResult result = vault.move()
                .move(
                        vault.file(),
                        target,
                        false,
                        once(() -> assertThat(refusal(() -> vault.open(target)).text())
                                .contains("not whole yet")));

        assertThat(result.outcome()).isEqualTo(Outcome.MOVED);
    }

    @Test
    void anotherRootKeyIsRefusedBeforeAnythingIsWritten(@TempDir Path elsewhere) throws IOException {
        new MovableVault(elsewhere).furnish();
        Files.copy(
                elsewhere.resolve("config/root.key"),
                folder.resolve("config/root.key"),
                StandardCopyOption.REPLACE_EXISTING);

        assertRefused("This vault needs the root key");
        assertThat(texts("SELECT relname FROM pg_class WHERE relname = 'vault'"))
                .isEmpty();
    }

    @Test
    void aFullDiskOnTheServerIsToldAndTheNextRunGoesOn() throws SQLException {
        interrupt();
        execute("CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not"
                + " extend file' USING ERRCODE = '53100'; END $$");
        execute("CREATE TRIGGER full_disk BEFORE INSERT ON secret_versions EXECUTE FUNCTION full_disk()");
        assertRefused("is full");
        assertThat(refusal(() -> vault.open(target)).text()).contains("not whole yet");
        execute("DROP FUNCTION full_disk() CASCADE");

        MoveResult result = moved();

        assertThat(result.outcome()).isEqualTo(Outcome.MOVED);
        assertThat(result.copied().present()).isPositive();
    }

    @Test
    void aConnectionThatIsLostIsToldAndTheNextRunGoesOn() {
        VaultException lost = refusal(() -> vault.move()
                .move(
                        vault.file(),
                        target,
                        false,
                        once(() -> PostgresServer.shared()
                                .administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                                        + name() + "'"))));

        assertThat(lost.code()).isEqualTo(ErrorCode.VAULT_UNAVAILABLE);
        assertThat(moved().outcome()).isEqualTo(Outcome.MOVED);
    }

    @Test
    void aUserWhoMayMakeNoTablesIsRefused() throws SQLException {
        PostgresServer server = PostgresServer.shared();
        server.administer("CREATE ROLE " + name() + " LOGIN");
        execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        target = MovableVault.at(server.url(name(), name()));

        assertRefused("may not do in the database");
    }

    @Test
    void filesThatAreNoVaultOfThisVersionAreRefused() throws IOException {
        vault.sql("INSERT INTO schema_steps (step, applied_at) VALUES (40, 0)");
        assertRefused("newer Chatelaine (schema 40");
        vault.sql("DELETE FROM schema_steps WHERE step > 3");
        assertRefused("older Chatelaine (schema 3");
        Files.write(vault.file(), new byte[5000]);
        assertRefused("is damaged or is not a Chatelaine vault");
        Files.write(vault.file(), new byte[0]);
        assertRefused("is not a Chatelaine vault");
        Files.delete(vault.file());
        assertRefused("There is no vault at");
        assertThat(vault.file()).doesNotExist();
        assertThat(texts("SELECT relname FROM pg_class WHERE relname = 'vault'"))
                .isEmpty();
    }

    @Test
    void aDamagedFileIsRefused() throws IOException {
        vault.fill(60);
        byte[] bytes = Files.readAllBytes(vault.file());
        for (int page = 4096 * 9; page < bytes.length; page += 4096 * 5) {
            Arrays.fill(bytes, page, page + 64, (byte) 0x5a);
        }
        Files.write(vault.file(), bytes);

        assertRefused("is damaged");
    }

    @Test
    void rowsThatBreakTheRulesAreRefused() {
        vault.sql("PRAGMA foreign_keys=OFF", "UPDATE secret_versions SET secret_id = 'sec_none' WHERE number = 2");
        assertRefused("breaks the rules of its own table");
        vault.sql("UPDATE tenants SET created_at = 'yesterday' WHERE tenant = 'acme'");
        assertRefused("never written by Chatelaine");
    }
}
