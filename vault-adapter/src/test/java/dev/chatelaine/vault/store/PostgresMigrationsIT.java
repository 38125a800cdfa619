package dev.chatelaine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PostgresMigrationsIT extends OnPostgres {
    @Test
    void eightThatStartTogetherOnAnEmptyDatabaseMakeOneSchema() throws Exception {
        String url = server().url(made());
        CountDownLatch together = new CountDownLatch(8);
        List<Future<?>> starts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            starts.add(pool.submit(() -> {
                together.countDown();
                awaited(together);
                PostgresDatabase.open(PostgresUrl.parse(url), PostgresLimits.USUAL, java.time.Clock.systemUTC())
                        .close();
            }));
        }
        for (Future<?> start : starts) {
            start.get();
        }
        List<Integer> steps = open(url, PostgresLimits.USUAL)
                .read(tx -> tx.query("SELECT step FROM schema_steps ORDER BY step")
                        .mapTo(Integer.class)
                        .list());
        assertThat(steps).hasSize(Migrations.known()).doesNotHaveDuplicates();
    }

    @Test
    void aNewerSchemaIsRefused() throws SQLException {
        String url = server().url(made());
        open(url, PostgresLimits.USUAL);
        sql(url, "INSERT INTO schema_steps (step, applied_at) VALUES (40, 0)");
        assertThat(refusal(() -> open(url, PostgresLimits.USUAL)))
                .hasMessageContaining("newer Chatelaine (schema 40; this one knows " + Migrations.known() + ")");
    }

    @Test
    void aStepThatFailsLeavesNothing() throws SQLException {
        String url = server().url(made());
        sql(url, "CREATE TABLE tenants (name TEXT)");
        VaultException refused = refusal(() -> open(url, PostgresLimits.USUAL));
        assertThat(refused.code()).isEqualTo(ErrorCode.VAULT_UNAVAILABLE);
        assertThat(refused).hasMessageContaining("not Chatelaine's");
        sql(url, "DROP TABLE tenants");
        assertThat(count(open(url, PostgresLimits.USUAL))).isZero();
    }

    @Test
    void textIsInTheOrderOfItsCodePoints() {
        Database database = open(server().url(made()), PostgresLimits.USUAL);
        List<String> names = List.of("B", "_", "a", "b-1", "b1", "ä");
        database.write(
                Scope.VAULT,
                tx -> names.stream().mapToInt(name -> insert(tx, name)).sum());
        List<String> ordered = database.read(tx -> tx.query("SELECT tenant FROM tenants ORDER BY tenant")
                .mapTo(String.class)
                .list());
        assertThat(ordered).isEqualTo(names);
    }

    @Test
    void aDatabaseThatIsNotUnicodeIsRefused() {
        String name = made();
        server().administer(
                        "DROP DATABASE " + name,
                        "CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
        assertThat(refusal(() -> open(server().url(name), PostgresLimits.USUAL)))
                .hasMessageContaining("LATIN1")
                .extracting(VaultException::code)
                .isEqualTo(ErrorCode.VAULT_UNAVAILABLE);
    }

    private static void sql(String url, String sql) throws SQLException {
        try (Connection connection = server().connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
