package dev.chatelaine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestDatabase;
import dev.chatelaine.vault.VaultException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectSqlTest {
    private static final String TENANT = "INSERT INTO tenants (tenant, plan, created_at) VALUES (?, ?, ?)";
    private static final String KEYRING = "INSERT INTO tenant_keyrings (tenant, revision, root_key_id, primary_key_id,"
            + " sealed_values_keyset, sealed_audit_keyset) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String NAMES = "SELECT tenant FROM tenants ORDER BY tenant";

    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = TestDatabase.of(folder.resolve("vault.db")).location().open(Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static int insert(Transaction tx, String tenant) {
        return tx.direct().change(TENANT, tenant, "pro", 0L);
    }

    private List<String> tenants() {
        return database.read(tx -> tx.direct().all(NAMES, row -> row.getString(1)));
    }

    private static String name(int number) {
        return String.format("t%03d", number);
    }

    private static List<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj(DirectSqlTest::name).toList();
    }

    @Test
    void whatIsBoundComesBack() {
        byte[] bytes = {0, -1, 127, -128};
        database.write(Scope.VAULT, tx -> {
            tx.direct().change(TENANT, "acmé ' --", "pro", Long.MAX_VALUE);
            return tx.direct().change(KEYRING, "acmé ' --", 1, Long.MIN_VALUE, -1L, bytes, new byte[0]);
        });
        String found = database.read(tx -> tx.direct()
                .first(
                        "SELECT t.created_at, k.* FROM tenants t JOIN tenant_keyrings k ON k.tenant = t.tenant"
                                + " WHERE t.tenant = ?",
                        row -> row.getLong("created_at") + " " + row.getLong("root_key_id") + " "
                                + Arrays.toString(row.getBytes("sealed_values_keyset"))
                                + row.getBytes("sealed_audit_keyset").length,
                        "acmé ' --")
                .orElseThrow());
        assertThat(found).isEqualTo("9223372036854775807 -9223372036854775808 [0, -1, 127, -128]0");
    }

    @Test
    void nullIsBoundAsNullAlsoAfterSomethingElse() {
        String session = "INSERT INTO usage_records (id, tenant, at, key_id, provider, model, credential, status,"
                + " attempts, prompt_tokens, completion_tokens, cached_tokens, cost, streamed, estimated)"
                + " VALUES (?, 'acme', 0, ?, 'openai', 'm', 'byok', 200, 1, 0, 0, 0, ?, 0, 0)";
        database.write(Scope.VAULT, tx -> {
            insert(tx, "acme");
            tx.direct().changeEach(session, List.of(new @Nullable Object[] {"a", "key", 7L}, new @Nullable Object[] {
                "b", null, null
            }));
            return tx.direct().change(session, "c", "key", 8L);
        });
        List<String> nulls = database.read(tx -> tx.direct()
                .all("SELECT id FROM usage_records WHERE key_id IS NULL AND cost IS NULL", row -> row.getString(1)));
        assertThat(nulls).containsExactly("b");
    }

    @Test
    void theFirstOfNoneIsNothing() {
        Optional<String> none = database.read(
                tx -> tx.direct().first("SELECT tenant FROM tenants WHERE tenant = ?", row -> row.getString(1), "x"));
        assertThat(none).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 8, 63, 64, 65})
    void anyNumberOfValuesFindTheirRowsOnceEach(int asked) {
        database.write(Scope.VAULT, tx -> {
            tx.direct()
                    .changeEach(
                            TENANT,
                            names(0, 70).stream()
                                    .map(name -> new @Nullable Object[] {name, "pro", 0L})
                                    .toList());
            return 1;
        });
        List<String> found = database.read(tx -> tx.direct()
                .allOf(
                        "SELECT tenant FROM tenants WHERE plan = ? AND tenant IN (<values>) ORDER BY tenant",
                        row -> row.getString(1),
                        names(3, 3 + asked),
                        "pro"));
        assertThat(found).isEqualTo(names(3, 3 + asked));
    }

    @Test
    void whatIsTakenIsTheCallersToName() {
        VaultException taken = new VaultException(ErrorCode.TENANT_EXISTS, "Taken.");
        assertThatThrownBy(() -> database.write(Scope.VAULT, () -> taken, tx -> insert(tx, "a") + insert(tx, "a")))
                .isSameAs(taken);
        assertThat(tenants()).isEmpty();
    }

    @Test
    void aStatementThatFailsIsTheDatabasesFailureAndRunsTheNextTime() {
        String query = "SELECT tenant FROM tenants WHERE created_at = ?";
        database.write(Scope.VAULT, tx -> insert(tx, "a"));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> database.read(tx -> tx.direct().all("SELECT nothing FROM nowhere", row -> row)))
                    .isInstanceOf(VaultException.class)
                    .hasMessageNotContaining("nowhere");
            assertThatThrownBy(() -> database.read(tx -> tx.direct()
                            .all(
                                    query,
                                    row -> {
                                        throw new IllegalStateException("the reader's own");
                                    },
                                    0L)))
                    .isInstanceOf(IllegalStateException.class);
            List<String> found = database.read(tx -> tx.direct().all(query, row -> row.getString(1), 0L));
            assertThat(found).containsExactly("a");
        }
    }

    @Test
    void aPartThatThrowsIsUndone() {
        database.write(Scope.VAULT, tx -> {
            insert(tx, "before");
            assertThatThrownBy(() -> tx.part(() -> {
                        insert(tx, "part");
                        tx.direct().changeEach(TENANT, List.<@Nullable Object[]>of(new @Nullable Object[] {
                            "more", "pro", 0L
                        }));
                        throw new IllegalStateException("halfway");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            return insert(tx, "after");
        });
        assertThat(tenants()).containsExactly("after", "before");
    }
}
