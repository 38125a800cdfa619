package dev.chatelaine.mcp.envfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {
    private static final Map<String, SecretValue> ONE = Map.of("KEY", SecretValue.of("first"));
    private static final Map<String, SecretValue> TWO = Map.of("KEY", SecretValue.of("second"));

    @TempDir
    private Path folder;

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void itIsForItsOwnerAloneAndGoneAtTheEnd() throws Exception {
        Path path = folder.resolve("env");
        try (EnvFile file = EnvFile.at(path)) {
            file.write(ONE);
            assertThat(permissions(path)).isEqualTo("rw-------");
            file.write(TWO);
            assertThat(permissions(path)).isEqualTo("rw-------");
            assertThat(path).content().endsWith("KEY='second'\n");
            assertThat(folder).isDirectoryContaining(path::equals);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void withoutAPlaceItIsInAFolderThatNobodyElseEnters() throws Exception {
        Path path;
        try (EnvFile file = EnvFile.inPrivateFolder(Optional.of(folder))) {
            path = file.path();
            file.write(ONE);
            assertThat(path.getParent()).hasParent(folder);
            assertThat(permissions(path.resolveSibling(""))).isEqualTo("rwx------");
            assertThat(permissions(path)).isEqualTo("rw-------");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void withoutAFolderInMemoryItIsWhereTemporaryFilesAre() {
        try (EnvFile file = EnvFile.inPrivateFolder(Optional.of(folder.resolve("gone")))) {
            assertThat(file.path().resolve("../..").normalize()).isEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
        }
    }

    @Test
    void somebodyElsesFileIsLeftAloneAndALeftOverOfOursIsNot() throws Exception {
        Path path = folder.resolve(".env");
        Files.writeString(path, "KEY=handwritten\n");
        assertThatThrownBy(() -> EnvFile.at(path))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining(".env");
        assertThat(path).hasContent("KEY=handwritten");
        Files.delete(path);
        EnvFile.at(path).write(ONE);
        EnvFile.at(path).write(TWO);
        assertThat(path).content().contains("second");
        assertThatThrownBy(() -> EnvFile.at(folder)).isInstanceOf(VaultException.class);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkIsNotFollowed() throws Exception {
        Path target = folder.resolve("target");
        EnvFile.at(target).write(ONE);
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        assertThatThrownBy(() -> EnvFile.at(link)).isInstanceOf(VaultException.class);
    }

    @Test
    void whereItCannotBeWrittenThatIsSaidAndTheOldContentStays() throws Exception {
        assertThatThrownBy(
                        () -> EnvFile.at(folder.resolve("gone").resolve("env")).write(ONE))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("NoSuchFile")
                .hasMessageNotContaining("first");
        Path closed = Files.createDirectory(folder.resolve("closed"));
        try (EnvFile file = EnvFile.at(closed.resolve("env"))) {
            file.write(ONE);
            assumeTrue(closed.toFile().setWritable(false) && !Files.isWritable(closed), "this user writes everywhere");
            assertThatThrownBy(() -> file.write(TWO)).isInstanceOf(VaultException.class);
            assertThat(file.path()).content().contains("first");
            assertThat(closed.toFile().setWritable(true)).isTrue();
        }
    }
}
