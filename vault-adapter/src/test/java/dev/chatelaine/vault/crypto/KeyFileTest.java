package dev.chatelaine.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
    @TempDir
    Path folder;

    private Path file;
    private KeyFile source;

    @BeforeEach
    void name() {
        file = folder.resolve("made/config/root.key");
        source = new KeyFile(file);
    }

    @Test
    void aFileThatIsNotThereHasNoKeyAndIsNotMadeByLooking() {
        assertThat(source.find()).isEmpty();
        assertThat(config()).doesNotExist();
    }

    @Test
    void itIsMadeForItsOwnerOnlyAndSoIsItsFolder() throws IOException {
        RootKeys made = source.create();

        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(config())).isEqualTo("rwx------");
        assertThat(permissions(folder.resolve("made"))).isEqualTo("rwx------");
        assertThat(permissions(file.resolveSibling("root.key.lock"))).isEqualTo("rw-------");
        assertThat(source.find().orElseThrow().ids()).isEqualTo(made.ids()).hasSize(1);
        assertThat(filesBeside()).containsExactlyInAnyOrder("root.key", "root.key.lock");
    }

    @Test
    void creatingTwiceKeepsTheFirstKey() {
        assertThat(source.create().ids()).isEqualTo(new KeyFile(file).create().ids());
    }

    @Test
    void threadsThatCreateAtOnceGetOneKey() throws Exception {
        Set<List<Long>> keys =
                new HashSet<>(atOnce(8, () -> new KeyFile(file).create().ids()));
        assertThat(keys).hasSize(1);
    }

    @Test
    void threadsThatAddAtOnceLoseNoKey() throws Exception {
        source.create();
        atOnce(8, () -> new KeyFile(file).addPrimary().ids());
        assertThat(source.find().orElseThrow().ids()).hasSize(9).doesNotHaveDuplicates();
    }

    @Test
    void anAddedKeyIsThePrimaryAndTheOldOneStays() {
        RootKeys before = source.create();
        RootKeys after = source.addPrimary();

        assertThat(after.primaryId()).isNotEqualTo(before.primaryId());
        assertThat(after.ids()).contains(before.primaryId(), after.primaryId());
        assertThat(source.find().orElseThrow().primaryId()).isEqualTo(after.primaryId());
    }

    @Test
    void aKeyCannotBeAddedToAFileThatIsGone() throws IOException {
        source.create();
        Files.delete(file);
        assertThat(SealingTest.refusal(source::addPrimary)).isEqualTo(ErrorCode.VAULT_UNAVAILABLE);
        assertThat(file).doesNotExist();
    }

    @Test
    void aDraftLeftByAKilledProcessIsInNobodysWay() throws IOException {
        source.create();
        Files.writeString(file.resolveSibling("root.key.new"), "half a key");
        source.addPrimary();
        assertThat(filesBeside()).containsExactlyInAnyOrder("root.key", "root.key.lock");
    }

    @Test
    void aFileCutShortAtAnyLengthIsRefused() throws IOException {
        source.create();
        String whole = Files.readString(file).strip();
        for (int length = 0; length < whole.length(); length++) {
            Files.writeString(file, whole.substring(0, length));
            assertRefused();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "garbage", "{}", "[]", "null", "{\"primaryKeyId\":1,\"key\":[]}", "\u0000\u0000"})
    void whatIsNoKeysetIsRefusedAndNotQuoted(String content) throws IOException {
        source.create();
        Files.writeString(file, content);
        assertRefused();
    }

    @Test
    void bytesThatAreNoTextNestedBracketsAndHugeFilesAreRefused() throws IOException {
        source.create();
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertRefused();
        Files.writeString(file, "[".repeat(60_000));
        assertRefused();
        Files.writeString(file, "{\"a\":".repeat(10_000));
        assertRefused();
        Files.writeString(file, " ".repeat(2_000_000));
        assertRefused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx", "rw------x"})
    void aFileThatOthersMayUseIsRefusedWithTheCommandThatMendsIt(String permissions) throws IOException {
        source.create();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(source::find)
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.next()).isEqualTo("chmod 600 '" + file + "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------", "rwx------"})
    void aFileThatIsItsOwnersAloneIsRead(String permissions) throws IOException {
        source.create();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        assertThat(source.find()).isPresent();
    }

    @Test
    void aFolderInItsPlaceIsRefused() throws IOException {
        Files.createDirectories(file);
        assertRefused();
    }

    @Test
    void aFolderThatCannotBeMadeIsRefused() throws IOException {
        Files.writeString(folder.resolve("made"), "a file where the folder should be");
        assertThat(SealingTest.refusal(source::create)).isEqualTo(ErrorCode.VAULT_UNAVAILABLE);
    }

    @Test
    void keysetsOfOtherKindsAreRefused() throws Exception {
        source.create();
        Files.writeString(file, KeysetJson.mac());
        assertRefused();
        Files.writeString(file, KeysetJson.aes128());
        assertRefused();
        Files.writeString(file, KeysetJson.withoutPrefix());
        assertRefused();
    }

    private void assertRefused() throws IOException {
        byte[] before = Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
        assertThatThrownBy(source::find).isInstanceOfSatisfying(VaultException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.VAULT_UNAVAILABLE);
            assertThat(e.text()).contains(file.toString()).doesNotContain("keyData");
        });
        assertThat(SealingTest.refusal(source::create)).isEqualTo(ErrorCode.VAULT_UNAVAILABLE);
        if (before != null) {
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
        }
    }

    private static <T> List<T> atOnce(int threads, Callable<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Callable<T>> calls = java.util.Collections.nCopies(threads, () -> {
                start.await();
                return work.call();
            });
            List<T> results = new java.util.ArrayList<>();
            for (Future<T> future : pool.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private Path config() {
        return folder.resolve("made/config");
    }

    private List<String> filesBeside() throws IOException {
        try (var files = Files.list(config())) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
