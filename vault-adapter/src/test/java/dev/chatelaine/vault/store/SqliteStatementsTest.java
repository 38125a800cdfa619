package dev.chatelaine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.result.ResultIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("sqlite")
class SqliteStatementsTest {
    private static final String NUMBERS =
            "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < :most) SELECT i FROM n";
    private static final String TENANT = "INSERT INTO tenants (tenant, plan, created_at) VALUES (:tenant, 'free', 1)";

    @TempDir
    Path folder;

    private SqliteDatabase database;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("vault.db"), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static List<Integer> numbers(Transaction tx, int most) {
        return tx.query(NUMBERS).bind("most", most).mapTo(Integer.class).list();
    }

    private void add(String tenant) {
        database.write(
                Scope.VAULT, tx -> tx.update(TENANT).bind("tenant", tenant).execute());
    }

    private long tenants() {
        return database.read(
                tx -> tx.query("SELECT COUNT(*) FROM tenants").mapTo(Long.class).one());
    }

    @Test
    void theSameStatementCanRunWhileItRunsAlready() {
        List<Integer> sums = database.read(tx -> tx.query(NUMBERS)
                .bind("most", 3)
                .map((row, context) ->
                        row.getInt(1) + numbers(tx, row.getInt(1)).size())
                .list());
        assertThat(sums).containsExactly(2, 4, 6);
        assertThat(database.<List<Integer>>read(tx -> numbers(tx, 2))).containsExactly(1, 2);
    }

    @Test
    void whatWasBoundBeforeIsNotBoundAnyMore() {
        String query = "SELECT :given";
        Optional<String> first = database.read(
                tx -> tx.query(query).bind("given", "x").mapTo(String.class).findOne());
        assertThat(first).contains("x");
        Optional<String> none = database.read(tx ->
                tx.query(query).bind("given", (String) null).mapTo(String.class).findOne());
        assertThat(none).isEmpty();
        assertThatThrownBy(() ->
                        database.read(tx -> tx.query(query).mapTo(String.class).findOne()))
                .as("nothing given")
                .hasMessageContaining("Missing named parameter");
    }

    @Test
    void aStatementThatFailedWorksAgain() {
        add("acme");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> add("acme"))
                    .isInstanceOfSatisfying(
                            VaultException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT));
            add("other" + i);
        }
        assertThat(tenants()).isEqualTo(4);
    }

    @Test
    void rowsThatNobodyTookHoldNothingBack() throws Exception {
        add("acme");
        add("bolt");
        String all = "SELECT tenant FROM tenants ORDER BY tenant";
        for (int i = 0; i < 3; i++) {
            String first = database.read(tx -> {
                try (ResultIterator<String> rows =
                        tx.query(all).mapTo(String.class).iterator()) {
                    return rows.next();
                }
            });
            assertThat(first).isEqualTo("acme");
        }
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("vault.db"));
                Statement statement = other.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getInt("busy")).as("readers in the way").isZero();
            assertThat(row.getInt("log")).as("frames left").isZero();
        }
    }

    @Test
    void manyRowsAfterOneStatementAreTheirOwn() {
        for (int round = 0; round < 3; round++) {
            int from = round * 10;
            database.write(Scope.VAULT, tx -> {
                var batch = tx.batch(TENANT);
                IntStream.range(from, from + 10)
                        .forEach(i -> batch.bind("tenant", "t" + i).add());
                return batch.execute();
            });
            add("single" + round);
        }
        assertThat(tenants()).isEqualTo(33);
    }

    @Test
    void moreStatementsThanAreKeptWork() {
        for (int round = 0; round < 2; round++) {
            List<Integer> answers = database.read(tx -> IntStream.range(0, 500)
                    .mapToObj(i -> tx.query("SELECT " + i).mapTo(Integer.class).one())
                    .toList());
            assertThat(answers).isEqualTo(IntStream.range(0, 500).boxed().toList());
        }
    }
}
