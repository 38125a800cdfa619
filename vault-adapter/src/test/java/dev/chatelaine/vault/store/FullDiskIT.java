package dev.chatelaine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestSessions;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.VaultFolder;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.crypto.KeyFile;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.session.Injection;
import dev.chatelaine.vault.session.StartedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of two mebibytes, which root may make; elsewhere the test says that it was left out. */
@Tag("sqlite")
class FullDiskIT {
    @TempDir
    Path folder;

    private Path disk;
    private VaultFolder files;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString());
        assumeThat(mounted).as("a small disk can be mounted (needs root)").isTrue();
        files = new VaultFolder(disk);
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void aWriteOnAFullDiskFailsLeavesNothingAndWorksOnceThereIsSpace() throws Exception {
        try (Vault vault = open()) {
            Actor owner = VaultFolder.owner(vault, "acme");
            VaultFolder.create(vault, owner, "before", "value");
            fill();
            int stored = writeUntilRefused(vault, owner);
            assertThat(names()).isEqualTo(stored + 1);
            assertThat(vault.audit().verify(owner.tenant()).clean()).isTrue();
            assertThat(vault.secrets()
                            .get(owner, new dev.chatelaine.vault.secret.SecretName("before"))
                            .version())
                    .isEqualTo(1);

            Files.delete(disk.resolve("ballast"));
            VaultFolder.create(vault, owner, "after", "value");
            assertThat(VaultFolder.holds(vault, owner, "after", "value")).isTrue();
            assertThat(names()).isEqualTo(stored + 2);
            assertThat(vault.audit().verify(owner.tenant()).clean()).isTrue();
        }
        try (Vault vault = open()) {
            assertThat(VaultFolder.holds(vault, VaultFolder.owner(vault, "acme"), "before", "value"))
                    .isTrue();
        }
        assertThat(files.texts("PRAGMA integrity_check")).containsExactly("ok");
    }

    @Test
    void aReplacementOnAFullDiskReachesTheBundleAndAllItsSessionsOrNeither() throws Exception {
        BundleName bot = new BundleName("bot");
        try (Vault vault = open()) {
            Actor owner = VaultFolder.owner(vault, "acme");
            vault.bundles().create(owner, bot, TestSessions.values("A", "0" + "v".repeat(8_000)));
            List<StartedSession> started = IntStream.range(0, 10)
                    .mapToObj(i -> vault.sessions().start(owner, TestSessions.with("bot")))
                    .toList();
            fill();
            int replaced = replaceUntilRefused(vault, owner, bot);

            Files.delete(disk.resolve("ballast"));
            SortedMap<KeyName, SecretValue> last = TestSessions.given("A", replaced + "v".repeat(8_000));
            for (StartedSession session : started) {
                Injection given = vault.sessionRuntimes()
                        .environment(session.session().id(), session.token())
                        .orElseThrow();
                assertThat(given.values()).isEqualTo(last);
                assertThat(given.revision()).isEqualTo(replaced + 1);
            }
            assertThat(vault.bundles().openForRun(owner, List.of(bot)).get(0).value())
                    .isEqualTo(last.get(last.firstKey()));
            assertThat(vault.audit().verify(owner.tenant()).clean()).isTrue();
        }
    }

    private static int replaceUntilRefused(Vault vault, Actor owner, BundleName bot) {
        for (int i = 1; i < 1000; i++) {
            try {
                vault.bundles().replace(owner, bot, TestSessions.values("A", i + "v".repeat(8_000)));
            } catch (VaultException e) {
                isUnavailable(e);
                return i - 1;
            }
        }
        throw new AssertionError("the disk was never full");
    }

    @Test
    void aVaultThatCannotBeMadeForWantOfSpaceIsMadeOnceThereIsSome() throws Exception {
        fill();
        assertThatThrownBy(this::open).isInstanceOfSatisfying(VaultException.class, FullDiskIT::isUnavailable);
        Files.delete(disk.resolve("ballast"));
        try (Vault vault = open()) {
            VaultFolder.create(vault, VaultFolder.owner(vault, "acme"), "after", "value");
        }
    }

    @Test
    void aFolderThatIsReadOnlyIsRefused() throws Exception {
        open().close();
        assumeThat(run("mount", "-o", "remount,ro", disk.toString())).isTrue();
        assertThatThrownBy(this::open).isInstanceOfSatisfying(VaultException.class, FullDiskIT::isUnavailable);
    }

    /** The key is on another disk, as it is beside nothing of the vault's. */
    private Vault open() {
        return files.open(new KeyFile(folder.resolve("config/root.key")));
    }

    private long names() {
        return files.number("SELECT COUNT(*) FROM secrets");
    }

    private static int writeUntilRefused(Vault vault, Actor owner) {
        for (int i = 0; i < 1000; i++) {
            try {
                VaultFolder.create(vault, owner, "name-" + i, "v".repeat(20_000));
            } catch (VaultException e) {
                isUnavailable(e);
                assertThat(e.text()).contains("full");
                return i;
            }
        }
        throw new AssertionError("the disk was never full");
    }

    private static void isUnavailable(VaultException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.VAULT_UNAVAILABLE);
    }

    private void fill() throws IOException {
        try (var out = Files.newOutputStream(disk.resolve("ballast"))) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(disk.resolve("ballast")).isNotEmptyFile();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }
}
