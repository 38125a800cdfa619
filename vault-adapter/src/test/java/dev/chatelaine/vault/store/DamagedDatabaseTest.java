package dev.chatelaine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.VaultFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("sqlite")
class DamagedDatabaseTest {
    @TempDir
    Path folder;

    private VaultFolder files;

    @BeforeEach
    void vaultWithSecrets() {
        files = new VaultFolder(folder);
        try (Vault vault = files.open()) {
            for (int i = 0; i < 20; i++) {
                VaultFolder.create(vault, VaultFolder.owner(vault, "acme"), "name-" + i, "value".repeat(1000));
            }
        }
        assertThat(files.database().file().resolveSibling("vault.db-wal")).doesNotExist();
    }

    @Test
    void aNewerSchemaIsRefused() throws IOException {
        files.sql("INSERT INTO schema_steps (step, applied_at) VALUES (40, 0)");
        assertRefused("newer Chatelaine (schema 40; this one knows " + Migrations.known() + ")");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Files.write(files.database().file(), new byte[0]);
        assertRefused("is empty");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 99, 100, 512, 4095, 4096, 4097, 40_960})
    void aFileCutShortIsRefused(int length) throws IOException {
        assertThat(Files.size(files.database().file())).isGreaterThan(length);
        try (RandomAccessFile file =
                new RandomAccessFile(files.database().file().toFile(), "rw")) {
            file.setLength(length);
        }
        assertRefused("Nothing was changed");
    }

    @Test
    void aFileWithoutItsLastPageIsRefused() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(files.database().file().toFile(), "rw")) {
            file.setLength(file.length() - 4096);
        }
        assertRefused("damaged");
    }

    @Test
    void whatIsNoDatabaseIsRefused() throws IOException {
        Files.writeString(files.database().file(), "# Notes\n".repeat(2000));
        assertRefused("damaged or is not a Chatelaine vault");
    }

    @Test
    void anotherProgramsDatabaseIsRefused() throws IOException {
        Files.delete(files.database().file());
        files.sql("CREATE TABLE bookmarks (url TEXT)");
        assertRefused("is not a Chatelaine vault");
    }

    @Test
    void aLogWithoutItsDatabaseIsRefused() throws IOException {
        Files.move(files.database().file(), folder.resolve("away.db"));
        Files.writeString(files.database().file().resolveSibling("vault.db-wal"), "an old log");
        assertThatThrownBy(files::open).isInstanceOf(VaultException.class).hasMessageContaining("is gone");
        assertThat(files.database().file()).doesNotExist();
    }

    @Test
    void aFolderInItsPlaceIsRefused() throws IOException {
        Files.delete(files.database().file());
        Files.createDirectory(files.database().file());
        assertThatThrownBy(files::open)
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VAULT_UNAVAILABLE));
    }

    @Test
    void aFileThatOthersCouldReadIsTheOwnersAloneAfterOpening() throws IOException {
        Files.setPosixFilePermissions(files.database().file(), PosixFilePermissions.fromString("rw-r--r--"));
        try (Vault vault = files.open()) {
            VaultFolder.create(vault, VaultFolder.owner(vault, "acme"), "another", "value");
            assertPrivate();
        }
    }

    @Test
    void everyFileIsItsOwnersAloneFromTheBeginning() throws IOException {
        files = new VaultFolder(folder.resolve("fresh"));
        try (Vault vault = files.open()) {
            VaultFolder.create(vault, VaultFolder.owner(vault, "acme"), "another", "value");
            assertPrivate();
            assertThat(files.database().file().resolveSibling("vault.db-wal")).exists();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a name with spaces", "100%25 #1; ümlaut", "what? cache=shared"})
    void aFolderMayHaveAnyName(String name) {
        VaultFolder odd = new VaultFolder(folder.resolve(name));
        odd.open().close();
        assertThat(odd.database().file()).exists();
        assertThat(odd.rootKey()).exists();
        odd.open().close();
    }

    private void assertPrivate() throws IOException {
        try (var all = Files.list(files.folder().resolve("data"))) {
            assertThat(all)
                    .hasSizeGreaterThanOrEqualTo(4)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo("rw-------"));
        }
    }

    private void assertRefused(String words) throws IOException {
        byte[] before = Files.readAllBytes(files.database().file());
        assertThatThrownBy(files::open).isInstanceOfSatisfying(VaultException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.VAULT_UNAVAILABLE);
            assertThat(e.text()).contains(words);
        });
        assertThat(Files.readAllBytes(files.database().file())).isEqualTo(before);
    }
}
