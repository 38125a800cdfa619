package dev.chatelaine.vault.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.chatelaine.vault.PostgresServer;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.VaultFolder;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.store.DatabaseLocation;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moves killed further and further on, and finished by the next. */
@Tag("postgresql")
class KilledMoveIT {
    private static final int SECRETS = 600;

    @TempDir
    Path folder;

    @Test
    void aMoveThatIsKilledIsFinishedByTheNext() throws IOException {
        MovableVault vault = new MovableVault(folder).furnish().fill(SECRETS);
        String url = PostgresServer.shared().create("killed_" + Long.toString(System.nanoTime(), Character.MAX_RADIX));
        DatabaseLocation target = DatabaseLocation.url(url);

        for (int done : List.of(1, SECRETS, 2 * SECRETS)) {
            killedBehind(url, done);
            VaultException refused = catchThrowableOfType(VaultException.class, () -> vault.open(target));
            assertThat(refused).isNotNull().hasMessageContaining("is not whole yet");
        }
        String end = "";
        try (BufferedReader lines = started(url).inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                end = line;
            }
        }

        assertThat(end).startsWith("moved ");
        assertThat(Long.parseLong(end.substring("moved ".length()))).isGreaterThanOrEqualTo(2 * SECRETS);
        try (Vault there = vault.open(target)) {
            Actor acme = VaultFolder.actor("acme", Role.OWNER);
            for (int i = 0; i < SECRETS; i += 100) {
                assertThat(VaultFolder.holds(there, acme, "more-" + i, "value " + i))
                        .isTrue();
            }
            assertThat(there.audit().verify(acme.tenant()).clean()).isTrue();
        }
    }

    /** SIGKILL as soon as so many steps are done. */
    private void killedBehind(String url, long done) throws IOException {
        Process process = started(url);
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        while (line != null && (!line.startsWith("step ") || Long.parseLong(line.split(" ", -1)[1]) < done)) {
            line = lines.readLine();
        }
        assertThat(line).as("a step before the end").isNotNull();
        process.toHandle().destroyForcibly();
        process.onExit().join();
        lines.close();
    }

    private Process started(String url) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        // SQLite's driver unpacks its library, and cannot tidy up when it is killed.
                        "-Dorg.sqlite.tmpdir=" + Files.createDirectories(folder.resolve("scratch")),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MovingProcess.class.getName(),
                        folder.toString())
                .redirectErrorStream(true);
        builder.environment().put("CHATELAINE_MIGRATE_TO", url);
        return builder.start();
    }
}
