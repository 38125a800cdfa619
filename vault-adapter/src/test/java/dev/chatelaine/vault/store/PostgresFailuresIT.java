package dev.chatelaine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.PostgresServer;
import dev.chatelaine.vault.VaultException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person is told when the server refuses or fails, each provoked. */
class PostgresFailuresIT extends OnPostgres {

    @Test
    void aWrongPasswordIsNamedAndNotShown() throws Exception {
        String name = made();
        server().administer("DROP ROLE IF EXISTS guarded", "CREATE ROLE guarded LOGIN PASSWORD 'another'");
        requirePassword("guarded");
        assertRefused(
                () -> open(server().url("guarded", name), PostgresLimits.USUAL), "refused the user or the password");
    }

    private static void requirePassword(String role) throws Exception {
        try (Connection connection = server().connect("/postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW hba_file")) {
            row.next();
            Path rules = Path.of(row.getString(1));
            Files.writeString(rules, "host all " + role + " all scram-sha-256\n" + Files.readString(rules));
        }
        server().administer("SELECT pg_reload_conf()");
    }

    @Test
    void noServerAtAllIsNamed() {
        assertRefused(() -> open("postgresql://anna:pg-secret@localhost:1/vault", IMPATIENT), "cannot be reached");
    }

    @Test
    void aHostThatIsNoneIsNamed() {
        assertRefused(() -> open("postgresql://anna:pg-secret@nowhere.invalid/vault", IMPATIENT), "cannot be reached");
    }

    @Test
    void aServerWithoutTlsIsRefusedWhereTlsIsAskedFor() {
        assertRefused(() -> open(server().url(made()) + "?sslmode=verify-full", IMPATIENT), "refused the connection");
    }

    @Test
    void aMissingDatabaseIsNamed() {
        assertRefused(() -> open(server().url("nowhere"), PostgresLimits.USUAL), "There is no database postgresql://");
    }

    @Test
    void aUserWithoutPrivilegesIsTold() {
        String name = made();
        server().administer(
                        "DROP ROLE IF EXISTS powerless",
                        "CREATE ROLE powerless LOGIN",
                        "ALTER DATABASE " + name + " SET search_path = pg_catalog");
        assertRefused(() -> open(server().url("powerless", name), PostgresLimits.USUAL), "may not do in the database");
    }

    @Test
    void aReadOnlyDatabaseIsReadAndNotWritten() {
        String name = made();
        open(server().url(name), PostgresLimits.USUAL).close();
        server().administer("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
        Database database = open(server().url(name), PostgresLimits.USUAL);
        assertThat(count(database)).isZero();
        assertRefused(() -> database.write(Scope.VAULT, tx -> insert(tx, "acme")), "takes no changes");
    }

    @Test
    void tooManyConnectionsAreTold() {
        String name = made();
        Database database = open(server().url(name), IMPATIENT);
        server().administer("DROP ROLE IF EXISTS crowded", "CREATE ROLE crowded LOGIN CONNECTION LIMIT 0");
        assertRefused(() -> open(server().url("crowded", name), IMPATIENT), "no more connections");
        assertThat(count(database)).isZero();
    }

    @Test
    void aStatementThatTakesTooLongIsStopped() {
        Database database = open(server().url(made()), IMPATIENT);
        assertRefused(
                () -> database.write(Scope.VAULT, tx -> {
                    insert(tx, "acme");
                    return tx.query("SELECT pg_sleep(60)")
                            .map((row, context) -> 1)
                            .one();
                }),
                "took too long");
        assertThat(count(database)).isZero();
    }

    @Test
    void aPoolThatIsExhaustedRefusesInTimeAndGoesOn() throws Exception {
        Database database = open(server().url(made()), IMPATIENT);
        CountDownLatch busy = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        List<Future<Long>> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            readers.add(pool.submit(() -> database.read(tx -> {
                busy.countDown();
                awaited(release);
                return 1L;
            })));
        }
        busy.await();
        assertRefused(() -> count(database), "were in use for too long");
        release.countDown();
        for (Future<Long> reader : readers) {
            assertThat(reader.get()).isEqualTo(1L);
        }
        assertThat(count(database)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "53100,The disk of the database",
        "53200,out of memory",
        "57P01,starting or stopping",
        "XX001,Restore it from your backup",
        "XX000,failed (XX000)"
    })
    void whatTheServerReportsIsTold(String state, String told) {
        Database database = open(server().url(made()), PostgresLimits.USUAL);
        assertRefused(
                () -> database.write(Scope.VAULT, tx -> {
                    insert(tx, "acme");
                    return tx.update("DO $$ BEGIN RAISE 'x' USING ERRCODE = '" + state + "'; END $$")
                            .execute();
                }),
                told);
        assertThat(count(database)).isZero();
    }

    /** What the server says of a conflict quotes the values that met; it reaches no exception. */
    @Test
    void theServersDetailsStayOut() {
        Database database = open(server().url(made()), PostgresLimits.USUAL);
        database.write(Scope.VAULT, tx -> insert(tx, "canary-name"));
        VaultException refused = refusal(() -> database.write(Scope.VAULT, tx -> insert(tx, "canary-name")));
        assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(printed(refused)).doesNotContain("canary-name");
    }

    @Test
    void aCharacterThatTheDatabaseCannotKeepIsAMistakeOfTheInput() {
        Database database = open(server().url(made()), PostgresLimits.USUAL);
        assertThat(refusal(() -> database.write(Scope.VAULT, tx -> insert(tx, "a\0b")))
                        .code())
                .isEqualTo(ErrorCode.INVALID_FIELD);
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String told) {
        VaultException refused = refusal(call);
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.code()).isEqualTo(ErrorCode.VAULT_UNAVAILABLE);
        assertThat(refused.text() + " " + refused.next()).contains(told);
        assertThat(refused.next()).isNotNull();
        assertThat(printed(refused))
                .doesNotContain("pg-secret")
                .doesNotContain(PostgresServer.PASSWORD)
                .doesNotContain("passw%C3%B6rt")
                .doesNotContain("passwört");
    }

    private static String printed(Throwable refused) {
        StringWriter text = new StringWriter();
        refused.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
