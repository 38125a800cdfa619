package dev.chatelaine.vault.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultFolder;
import dev.chatelaine.vault.access.Actor;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process whose files may not grow ({@code ulimit -f}): its writes fail as on a full disk, anybody may try. */
@Tag("sqlite")
class FileSizeLimitIT {
    @TempDir
    Path folder;

    @Test
    void writesBeyondTheLimitFailAndOtherProcessesGoOn() {
        assumeThat(Files.isExecutable(Path.of("/bin/sh"))).isTrue();
        VaultFolder files = new VaultFolder(folder);
        try (Vault vault = files.open()) {
            Actor owner = VaultFolder.owner(vault, "acme");
            VaultFolder.create(vault, owner, "before", "value");
            int stored = 0;
            try (WorkerProcess worker =
                    WorkerProcess.start(folder, "/bin/sh", "-c", "ulimit -f 5000; exec \"$@\"", "sh")) {
                worker.ready();
                for (String answer = "ok"; answer.equals("ok"); stored++) {
                    worker.send("create name-" + stored + " " + "v".repeat(60_000));
                    answer = worker.next();
                    assertThat(answer).matches("ok|failed vault_unavailable .*Nothing was changed.*");
                }
                worker.send("create one-more " + "v".repeat(60_000));
                assertThat(worker.next()).startsWith("failed vault_unavailable ");
            }
            assertThat(files.number("SELECT COUNT(*) FROM secrets")).isEqualTo(stored);
            VaultFolder.create(vault, owner, "after", "value");
            assertThat(VaultFolder.holds(vault, owner, "after", "value")).isTrue();
            assertThat(vault.audit().verify(owner.tenant()).clean()).isTrue();
        }
    }
}
