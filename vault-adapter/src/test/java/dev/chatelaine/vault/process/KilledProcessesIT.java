package dev.chatelaine.vault.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.TestDatabase;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultFolder;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.TenantId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledProcessesIT {
    private static final TenantId ACME = new TenantId("acme");
    private static final int KILLS = Integer.getInteger("vault.kills", 200);
    private static final int AT_WORK = 3;
    private static final int WARMING_UP = 3;

    @TempDir
    Path folder;

    private final Random random = new Random(20261122);
    private final Deque<WorkerProcess> workers = new ArrayDeque<>();
    private final Set<String> acknowledged = new HashSet<>();
    private VaultFolder files;
    private List<String> classes;
    private int started;

    @BeforeEach
    void files() throws Exception {
        files = new VaultFolder(folder.resolve("vault"));
        classes = WorkerClasses.archived(folder);
    }

    @AfterEach
    void stop() {
        workers.forEach(WorkerProcess::close);
    }

    @Test
    void killsAtRandomMomentsLoseNoAcknowledgedWrite() throws Exception {
        for (int i = 0; i < AT_WORK + WARMING_UP; i++) {
            begin();
        }
        long start = System.nanoTime();
        Deque<WorkerProcess> working = new ArrayDeque<>();
        try (Vault vault = files.open()) {
            Actor owner = VaultFolder.owner(vault, "acme");
            for (int kill = 0; kill < KILLS; kill++) {
                while (working.size() < AT_WORK) {
                    working.add(writing(workers.removeFirst()));
                }
                new CountDownLatch(1).await(random.nextInt(60), TimeUnit.MILLISECONDS);
                WorkerProcess victim = working.removeFirst();
                note(victim.kill());
                begin();
                assertThat(vault.audit().verify(ACME).clean())
                        .as("after kill %d", kill)
                        .isTrue();
                if (kill % 20 == 0) {
                    assertNothingLost(vault, owner);
                }
            }
            working.forEach(worker -> note(worker.kill()));
            assertNothingLost(vault, owner);
            System.out.println(KILLS + " kills, " + acknowledged.size() + " acknowledged writes, "
                    + Duration.ofNanos(System.nanoTime() - start));
        } finally {
            working.forEach(WorkerProcess::close);
        }
        assertThat(acknowledged).hasSizeGreaterThan(KILLS);
        if (!TestDatabase.isPostgres()) {
            assertThat(files.texts("PRAGMA integrity_check")).containsExactly("ok");
        }
    }

    @Test
    void aStartThatIsKilledLeavesNothingInTheWayOfTheNext() throws Exception {
        for (int i = 0; i < 12; i++) {
            Path fresh = folder.resolve("fresh-" + i);
            new VaultFolder(fresh).emptyDatabase();
            try (WorkerProcess worker = WorkerProcess.start(fresh, classes)) {
                worker.awaitLine("up");
                worker.send("open");
                new CountDownLatch(1).await(20L * i, TimeUnit.MILLISECONDS);
                worker.kill();
            }
            try (Vault vault = new VaultFolder(fresh).open()) {
                Actor owner = VaultFolder.owner(vault, "acme");
                VaultFolder.create(vault, owner, "name", "value");
                assertThat(vault.audit().verify(ACME).clean()).isTrue();
            }
        }
    }

    /** What a killed process had begun and not acknowledged may be there; if it is, it is whole. */
    private void assertNothingLost(Vault vault, Actor owner) {
        Set<String> present = new HashSet<>(files.texts("SELECT name FROM secrets"));
        assertThat(present).containsAll(acknowledged);
        List<String> sample =
                present.stream().filter(name -> random.nextInt(20) == 0).toList();
        assertThat(sample).allMatch(name -> VaultFolder.holds(vault, owner, name, "value of " + name));
        assertThat(files.number("SELECT COUNT(*) FROM secrets s LEFT JOIN secret_versions v ON v.secret_id = s.id"
                        + " WHERE v.secret_id IS NULL"))
                .isZero();
        assertThat(files.number("SELECT (SELECT COUNT(*) FROM audit_events WHERE action = 'secret.create')"
                        + " - (SELECT COUNT(*) FROM secrets)"))
                .isZero();
    }

    /** Begins a worker that opens the vault while the others are at work. */
    private void begin() {
        WorkerProcess worker = WorkerProcess.start(files.folder(), classes);
        worker.send("open");
        workers.add(worker);
    }

    private WorkerProcess writing(WorkerProcess worker) {
        worker.awaitLine("up");
        worker.awaitLine("ready");
        worker.send("write w" + started++);
        return worker;
    }

    private void note(List<String> said) {
        for (String line : said) {
            assertThat(line).startsWith("ok ");
            acknowledged.add(line.substring(3));
        }
    }
}
