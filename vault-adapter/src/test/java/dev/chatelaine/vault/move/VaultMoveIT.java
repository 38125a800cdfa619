package dev.chatelaine.vault.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.PostgresServer;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.VaultFolder;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.move.MoveResult.Outcome;
import dev.chatelaine.vault.rotation.Progress;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.store.DatabaseLocation;
import dev.chatelaine.vault.tenant.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("postgresql")
class VaultMoveIT {
    private static final Progress UNSEEN = (done, whole) -> {};

    @TempDir
    Path folder;

    private MovableVault vault;
    private DatabaseLocation.PostgreSql target;

    @BeforeEach
    void vaultAndDatabase() {
        vault = new MovableVault(folder).furnish();
        target = MovableVault.empty();
    }

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
        assertThat(texts("SELECT DISTINCT plan FROM tenants")).containsExactly(VaultFolder.PLAN);
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

    @Test
    void noValueIsTold() {
        MoveResult result = moved();
        assertThat(result.toString()).doesNotContain("first", "the rival's", PostgresServer.PASSWORD);
        assertThat(target.toString()).doesNotContain(PostgresServer.PASSWORD);
        assertThat(SecretValue.of("first").toString()).doesNotContain("first");
    }

    private MoveResult moved() {
        return vault.move().move(vault.file(), target, false, UNSEEN);
    }

    /** Ends a move by what is like a kill from within: nothing is tidied up but the connection. */
    private void interrupt() {
        assertThat(catchThrowableOfType(
                        Interruption.class,
                        () -> vault.move().move(vault.file(), target, false, (done, whole) -> {
                            if (done > 5) {
                                interruption();
                            }
                        })))
                .isNotNull();
    }

    private void interruption() {
        throw new Interruption();
    }

    private static final class Interruption extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Something that happens at the first step. */
    private static Progress once(Runnable event) {
        boolean[] happened = {false};
        return (done, whole) -> {
            if (!happened[0]) {
                happened[0] = true;
                event.run();
            }
        };
    }

    private void assertRefused(String words) {
        assertThat(refusal(this::moved).text()).contains(words);
    }

    private static VaultException refusal(ThrowingCallable call) {
        VaultException refused = catchThrowableOfType(VaultException.class, call);
        assertThat(refused).as("a refusal").isNotNull();
        return refused;
    }

    private String name() {
        return target.toString().substring(target.toString().lastIndexOf('/') + 1);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = PostgresServer.shared().connect(target.toString());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> texts(String query) {
        List<String> texts = new ArrayList<>();
        try (Connection connection = PostgresServer.shared().connect(target.toString());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return texts;
    }
}
