package dev.chatelaine.mcp.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaRuntimeTest {

    @TempDir
    private Path home;

    @Test
    void readsVersionAndBuildFromTheReleaseFile() throws IOException {
        release("IMPLEMENTOR=\"Eclipse Adoptium\"\nJAVA_RUNTIME_VERSION=\"25.0.3+9-LTS\"\nJAVA_VERSION=\"25.0.3\"\n");

        JavaRuntime runtime = JavaRuntime.at(home);

        assertThat(runtime.version()).isEqualTo("25.0.3");
        assertThat(runtime.build()).isEqualTo("25.0.3+9-LTS Eclipse Adoptium");
        assertThat(runtime.feature()).isEqualTo(25);
        assertThat(runtime.offersAotCache()).isTrue();
    }

    @Test
    void takesAnEarlyAccessBuildWithoutUpdatesForItsFeatureRelease() throws IOException {
        release("JAVA_VERSION=\"23-ea\"\nSOURCE=\".:git:0=1\"\n");

        JavaRuntime runtime = JavaRuntime.at(home);

        assertThat(runtime.feature()).isEqualTo(23);
        assertThat(runtime.offersAotCache()).isFalse();
        assertThat(runtime.build()).isEqualTo(" ");
    }

    @Test
    void refusesADirectoryWithoutAReleaseFile() {
        assertThatThrownBy(() -> JavaRuntime.at(home)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void refusesAVersionThatCouldLeaveTheArchiveDirectory() throws IOException {
        release("JAVA_VERSION=\"../17\"\n");

        assertThatThrownBy(() -> JavaRuntime.at(home)).isInstanceOf(IllegalArgumentException.class);
    }

    private void release(String text) throws IOException {
        Files.writeString(home.resolve("release"), text);
    }
}
