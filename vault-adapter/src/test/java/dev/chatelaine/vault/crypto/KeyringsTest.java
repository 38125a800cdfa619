package dev.chatelaine.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestDatabase;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.store.Transaction;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyringsTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId OTHER = new TenantId("other");
    private static final Place PLACE = new Place(ACME, Kind.SECRET, "sec_1", 1);

    @TempDir
    Path folder;

    private Database database;
    private RootKeyring root;
    private Keyrings keyrings;

    @BeforeEach
    void open() {
        database = TestDatabase.of(folder.resolve("vault.db")).location().open(Clock.systemUTC());
        root = RootKeyring.findOrCreate(new KeyFile(folder.resolve("root.key")));
        keyrings = new Keyrings(root, "vlt_1");
        write(tx -> {
            made(tx, OTHER);
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sealed_values_keyset", "sealed_audit_keyset"})
    void aKeyringWithAnyBitFlippedIsRefusedAndTheOthersOpen(String column) {
        write(tx -> made(tx, ACME));
        write(tx -> {
            byte[] sealed = tx.query("SELECT " + column + " FROM tenant_keyrings WHERE tenant = 'acme'")
                    .mapTo(byte[].class)
                    .one();
            for (int bit = 0; bit < sealed.length * 8; bit++) {
                tx.update("UPDATE tenant_keyrings SET " + column + " = :bytes WHERE tenant = 'acme'")
                        .bind("bytes", SealingTest.flipped(sealed, bit))
                        .execute();
                assertThat(SealingTest.refusal(() -> keyrings.of(tx, ACME)))
                        .as("bit %d", bit)
                        .isEqualTo(ErrorCode.INTEGRITY_FAILED);
            }
            assertThat(keyrings.of(tx, OTHER).primaryKeyId()).isNotZero();
        });
    }

    /** The root key's file is another process' to change, at any moment. */
    @Test
    void aKeyringThatIsMadeWhileTheRootKeyIsRotatedOpens() {
        RootKeySource rotating = new RotatedAtEachLook(new KeyFile(folder.resolve("root.key")));
        Keyrings busy = new Keyrings(RootKeyring.findOrCreate(rotating), "vlt_1");
        write(tx -> busy.create(withTenant(tx, ACME), ACME));
        SealedValue sealed = database.read(tx -> busy.of(tx, ACME).seal(SecretValue.of("v"), PLACE));
        write(tx -> busy.addPrimary(tx, ACME));
        write(tx -> busy.reseal(tx, ACME));
        assertThat(openedElsewhere(sealed)).isEqualTo(SecretValue.of("v"));
    }

    private record RotatedAtEachLook(RootKeySource source) implements RootKeySource {
        @Override
        public Optional<RootKeys> find() {
            return Optional.of(source.addPrimary());
        }

        @Override
        public RootKeys create() {
            return source.create();
        }

        @Override
        public RootKeys addPrimary() {
            return source.addPrimary();
        }

        @Override
        public String location() {
            return source.location();
        }
    }

    /** What is sealed with keys that were never committed could never be opened again. */
    @Test
    void keysOfATenantWhoseMakingWasRolledBackAreNotUsedAgain() {
        assertThatThrownBy(() -> write(tx -> {
                    made(tx, ACME);
                    keyrings.of(tx, ACME);
                    throw new IllegalStateException("as when the disk is full");
                }))
                .isInstanceOf(IllegalStateException.class);
        write(tx -> new Keyrings(root, "vlt_1").create(withTenant(tx, ACME), ACME));

        SealedValue sealed = database.read(tx -> keyrings.of(tx, ACME).seal(SecretValue.of("v"), PLACE));
        assertThat(openedElsewhere(sealed)).isEqualTo(SecretValue.of("v"));
    }

    @Test
    void keysOfARotationThatWasRolledBackAreNotUsedAgain() {
        write(tx -> made(tx, ACME));
        assertThatThrownBy(() -> write(tx -> {
                    keyrings.addPrimary(tx, ACME);
                    keyrings.of(tx, ACME);
                    throw new IllegalStateException("as when the disk is full");
                }))
                .isInstanceOf(IllegalStateException.class);
        write(tx -> new Keyrings(root, "vlt_1").addPrimary(tx, ACME));

        SealedValue sealed = database.read(tx -> keyrings.of(tx, ACME).seal(SecretValue.of("v"), PLACE));
        assertThat(openedElsewhere(sealed)).isEqualTo(SecretValue.of("v"));
    }

    @Test
    void anotherProcesssNewPrimaryIsUsedByTheNextTransaction() {
        write(tx -> made(tx, ACME));
        long before = primary();
        write(tx -> new Keyrings(root, "vlt_1").addPrimary(tx, ACME));
        assertThat(primary()).isNotEqualTo(before);
    }

    @Test
    void aNewPrimaryIsUsedByWhatFollowsInItsTransaction() {
        write(tx -> made(tx, ACME));
        write(tx -> {
            long before = keyrings.of(tx, ACME).primaryKeyId();
            keyrings.addPrimary(tx, ACME);
            assertThat(keyrings.of(tx, ACME).primaryKeyId()).isNotEqualTo(before);
        });
    }

    @Test
    void anotherProcesssRootKeyIsFoundInTheSource() {
        write(tx -> made(tx, ACME));
        RootKeyring elsewhere = RootKeyring.findOrCreate(new KeyFile(folder.resolve("root.key")));
        elsewhere.addPrimary();
        write(tx -> new Keyrings(elsewhere, "vlt_1").reseal(tx, ACME));

        assertThat(primary()).isNotZero();
        long others = database.read(keyrings::countNotUnderPrimary);
        assertThat(others).isEqualTo(1);
    }

    private SecretValue openedElsewhere(SealedValue sealed) {
        return database.read(tx -> new Keyrings(root, "vlt_1").of(tx, ACME).open(sealed, PLACE));
    }

    private long primary() {
        return database.read(tx -> keyrings.of(tx, ACME).primaryKeyId());
    }

    private void made(Transaction tx, TenantId tenant) {
        keyrings.create(withTenant(tx, tenant), tenant);
    }

    private static Transaction withTenant(Transaction tx, TenantId tenant) {
        tx.update("INSERT INTO tenants (tenant, plan, created_at) VALUES (:tenant, 'pro', 0)")
                .bind("tenant", tenant.value())
                .execute();
        return tx;
    }

    private void write(java.util.function.Consumer<Transaction> work) {
        database.write(Scope.VAULT, tx -> {
            work.accept(tx);
            return true;
        });
    }
}
