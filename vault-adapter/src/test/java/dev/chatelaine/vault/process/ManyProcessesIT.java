package dev.chatelaine.vault.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultFolder;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.TenantId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyProcessesIT {
    private static final TenantId ACME = new TenantId("acme");
    private static final Duration LOAD = Duration.ofSeconds(Long.getLong("vault.load.seconds", 10));

    @TempDir
    Path folder;

    private final List<WorkerProcess> workers = new ArrayList<>();
    private VaultFolder files;

    @BeforeEach
    void files() {
        files = new VaultFolder(folder);
    }

    @AfterEach
    void stop() {
        workers.forEach(WorkerProcess::close);
    }

    @Test
    void eightProcessesThatStartTogetherOnANewFolderMakeOneVault() {
        files.emptyDatabase();
        start(8);
        workers.forEach(worker -> worker.awaitLine("up"));
        workers.forEach(worker -> worker.send("open"));
        workers.forEach(worker -> worker.awaitLine("ready"));

        for (int i = 0; i < workers.size(); i++) {
            workers.get(i).send("create from-" + i + " value-" + i);
        }
        workers.forEach(worker -> worker.awaitLine("ok"));
        assertThat(files.number("SELECT COUNT(*) FROM schema_steps WHERE step = 1"))
                .isEqualTo(1);
        assertThat(files.number("SELECT COUNT(*) FROM vault")).isEqualTo(1);
        assertThat(files.number("SELECT COUNT(*) FROM tenants")).isEqualTo(1);
        try (Vault vault = files.open()) {
            Actor owner = VaultFolder.owner(vault, "acme");
            for (int i = 0; i < workers.size(); i++) {
                assertThat(VaultFolder.holds(vault, owner, "from-" + i, "value-" + i))
                        .isTrue();
            }
        }
    }

    @Test
    void eightProcessesThatWriteAtOnceLoseNothingAndNoneStarves() throws Exception {
        start(8).forEach(WorkerProcess::ready);
        for (int i = 0; i < workers.size(); i++) {
            workers.get(i).send("write w" + i);
        }
        new CountDownLatch(1).await(LOAD.toMillis(), TimeUnit.MILLISECONDS);
        workers.forEach(worker -> worker.send("stop"));
        List<Integer> counts = new ArrayList<>();
        Set<String> acknowledged = new HashSet<>();
        for (WorkerProcess worker : workers) {
            List<String> said = worker.until("stopped");
            assertThat(said).allMatch(line -> line.startsWith("ok "));
            said.forEach(line -> acknowledged.add(line.substring(3)));
            counts.add(said.size());
        }
        System.out.println("writes per process in " + LOAD + ": " + counts);

        assertThat(new HashSet<>(files.texts("SELECT name FROM secrets"))).isEqualTo(acknowledged);
        double mean = counts.stream().mapToInt(count -> count).average().orElseThrow();
        assertThat(counts).allMatch(count -> count >= mean / 2);
        try (Vault vault = files.open()) {
            assertThat(vault.audit().verify(ACME).clean()).isTrue();
        }
    }

    @Test
    void ofTwoProcessesThatCreateTheSameNameAtOnceOneWins() {
        start(2).forEach(WorkerProcess::ready);
        List<String> winners = new ArrayList<>();
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < 2; i++) {
                workers.get(i).send("create same-" + round + " value-" + i);
            }
            List<String> said = workers.stream().map(WorkerProcess::next).toList();
            assertThat(said).filteredOn(line -> line.equals("ok")).hasSize(1);
            assertThat(said)
                    .filteredOn(line -> line.startsWith("failed secret_exists "))
                    .hasSize(1);
            int winner = said.indexOf("ok");
            winners.add("value-" + winner);
        }
        try (Vault vault = files.open()) {
            Actor owner = VaultFolder.owner(vault, "acme");
            for (int round = 0; round < 50; round++) {
                assertThat(VaultFolder.holds(vault, owner, "same-" + round, winners.get(round)))
                        .isTrue();
            }
        }
        assertThat(files.number("SELECT COUNT(*) FROM secrets")).isEqualTo(50);
        assertThat(files.number("SELECT COUNT(*) FROM audit_events WHERE action = 'secret.create'"))
                .isEqualTo(50);
    }

    @Test
    void rotatingTheRootKeyWhileFourProcessesReadAndWriteFailsNoCall() {
        start(4).forEach(WorkerProcess::ready);
        for (int i = 0; i < 4; i++) {
            workers.get(i).send("mix m" + i);
        }
        try (Vault vault = files.open()) {
            Actor owner = VaultFolder.owner(vault, "acme");
            for (int i = 0; i < 5; i++) {
                vault.rootRotation().rotate(owner, (done, whole) -> {});
                vault.tenantRotation().rotate(owner, (done, whole) -> {});
                workers.forEach(worker -> assertThat(worker.next()).isEqualTo("ok"));
            }
            workers.forEach(worker -> worker.send("stop"));
            for (WorkerProcess worker : workers) {
                assertThat(worker.until("stopped")).allMatch("ok"::equals);
            }
            assertThat(vault.audit().verify(ACME).clean()).isTrue();
        }
        assertThat(files.number("SELECT COUNT(DISTINCT root_key_id) FROM tenant_keyrings"))
                .isEqualTo(1);
    }

    private List<WorkerProcess> start(int count) {
        for (int i = 0; i < count; i++) {
            workers.add(WorkerProcess.start(folder));
        }
        return workers;
    }
}
