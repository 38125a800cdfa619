package dev.chatelaine.mcp.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.io.TempDir;

/** A person who wants the page to open by itself. */
@EnabledOnOs(LINUX)
class BrowserOfTheDesktopIT {
    private static final Map<String, Object> CREATE = Map.of("action", "create", "name", "db");

    @TempDir
    private Path folder;

    @Test
    void theDesktopIsAskedToShowThePage() throws Exception {
        Path shown = desktop();
        try (RecordingHost host = host(Map.of("CHATELAINE_OPEN_BROWSER", "true"))) {
            URI page = host.link("manage_secrets", CREATE);

            awaitContent(shown, page.toString());
        }
    }

    @Test
    void nobodyOpensABrowserUnasked() throws Exception {
        Path shown = desktop();
        try (RecordingHost host = host(Map.of())) {
            host.link("manage_secrets", CREATE);
        }
        assertThat(shown).doesNotExist();
    }

    @Test
    void aDesktopWithoutABrowserStillGivesTheLink() {
        Map<String, String> bare = Map.of(
                "CHATELAINE_OPEN_BROWSER",
                "true",
                "PATH",
                folder.resolve("nothing").toString());
        try (RecordingHost host = RecordingHost.overStdio(folder.resolve("home"), bare, false)) {
            assertThat(host.link("manage_secrets", CREATE).getHost()).isEqualTo("127.0.0.1");
        }
    }

    private RecordingHost host(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        return RecordingHost.overStdio(folder.resolve("home"), environment, false);
    }

    /** Puts a command in the place of the desktop's that writes down what it is to show. */
    private Path desktop() throws IOException {
        Path shown = folder.resolve("shown");
        Path command = Files.createDirectories(folder.resolve("bin")).resolve("xdg-open");
        Files.writeString(
                command,
                "#!/bin/sh\nprintf %s \"$*\" > '" + shown + ".part' && mv '" + shown + ".part' '" + shown + "'\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
        return shown;
    }

    private static void awaitContent(Path file, String content) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!Files.exists(file)) {
            assertThat(System.nanoTime()).as("nothing was shown").isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
        assertThat(file).hasContent(content);
    }
}
