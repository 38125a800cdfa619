package dev.chatelaine.vault.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultFolder;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.gatewaykey.GatewayKeyName;
import dev.chatelaine.vault.usage.KeySpend;
import dev.chatelaine.vault.usage.Requests;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that spend on the same keys and are killed at any moment: afterwards every micro-dollar is accounted for. */
class KilledLedgerIT {
    private static final int KILLS = Integer.getInteger("vault.ledger.kills", 25);
    private static final int AT_WORK = 3;
    private static final long SMALL_CAP = 20_000;
    private static final int LINES_EACH = 80;

    @TempDir
    Path folder;

    private final Random random = new Random(20261122);
    private final Deque<WorkerProcess> workers = new ArrayDeque<>();
    private final Map<String, Long> reserved = new HashMap<>();
    private final Map<String, Long> settled = new HashMap<>();
    private final Set<String> released = new HashSet<>();
    private int capReached;

    @AfterEach
    void stop() {
        workers.forEach(WorkerProcess::close);
    }

    @Test
    void theLedgerAddsUpToTheMicroDollarAfterKills() throws Exception {
        VaultFolder files = new VaultFolder(folder.resolve("vault"));
        List<String> classes = new ArrayList<>(WorkerClasses.archived(folder));
        classes.add(0, "-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
        try (Vault vault = files.open()) {
            Actor owner = VaultFolder.owner(vault, "acme");
            String open =
                    Requests.key(vault, owner, "open", 1_000_000_000L).key().id();
            String small = Requests.key(vault, owner, "small", SMALL_CAP).key().id();
            for (int kill = 0; kill < KILLS; kill++) {
                while (workers.size() < AT_WORK + 1) {
                    workers.add(begun(files, classes, open + " " + small));
                }
                workers.peekFirst().awaitLine("up");
                workers.peekFirst().awaitLine("ready");
                WorkerProcess victim = workers.peekFirst();
                for (int line = random.nextInt(LINES_EACH); line >= 0; line--) {
                    note(List.of(victim.next()));
                }
                note(workers.removeFirst().kill());
                assertThat(spend(vault, owner, small).spent()).isLessThanOrEqualTo(SMALL_CAP);
            }
            workers.forEach(worker -> note(worker.kill()));
            workers.clear();
            while (files.number("SELECT COUNT(*) FROM usage_reservations WHERE swept = 0") > 0) {
                vault.ledger().sweepEverywhere();
            }
            assertAddsUp(files, spend(vault, owner, open), open);
            assertAddsUp(files, spend(vault, owner, small), small);
            assertThat(spend(vault, owner, small).spent()).isLessThanOrEqualTo(SMALL_CAP);
            assertEachRequestIsWhatItsProcessWasTold(files);
            System.out.println(KILLS + " kills, " + reserved.size() + " requests, " + settled.size() + " settled, "
                    + files.number("SELECT COUNT(*) FROM usage_records WHERE status = 0") + " by sweeps, " + capReached
                    + " refused");
        }
        assertThat(settled).hasSizeGreaterThan(KILLS);
        assertThat(capReached).isPositive();
    }

    /** A worker that opens the vault and spends while the others are at work; it says so by and by. */
    private static WorkerProcess begun(VaultFolder files, List<String> classes, String keys) {
        WorkerProcess worker = WorkerProcess.start(files.folder(), classes);
        worker.send("open");
        worker.send("spend " + keys);
        return worker;
    }

    private static void assertAddsUp(VaultFolder files, KeySpend spend, String key) {
        String costs = "SELECT COALESCE(SUM(cost), 0) FROM usage_records WHERE key_id = '" + key + "'";
        assertThat(spend.reserved()).isZero();
        assertThat(spend.spent() + spend.overrun()).isEqualTo(files.number(costs));
    }

    private void assertEachRequestIsWhatItsProcessWasTold(VaultFolder files) {
        Map<String, String> records = new HashMap<>();
        files.texts("SELECT id || ' ' || cost || ' ' || estimated FROM usage_records")
                .forEach(row -> records.put(row.substring(0, row.indexOf(' ')), row.substring(row.indexOf(' ') + 1)));
        settled.forEach((id, cost) -> assertThat(records).containsEntry(id, cost + " 0"));
        released.forEach(id -> assertThat(records).doesNotContainKey(id));
        reserved.forEach((id, worst) -> {
            if (!settled.containsKey(id) && !released.contains(id) && records.containsKey(id)) {
                String[] record = records.get(id).split(" ", -1);
                assertThat(Long.parseLong(record[0])).isLessThanOrEqualTo(worst);
                assertThat(record[1].equals("0") || Long.parseLong(record[0]) == worst)
                        .isTrue();
            }
        });
    }

    private static KeySpend spend(Vault vault, Actor owner, String key) {
        return Objects.requireNonNull(
                vault.gatewayKeys().get(owner, new GatewayKeyName(key)).spend());
    }

    private void note(List<String> said) {
        for (String line : said) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "reserved" -> reserved.put(words[1], Long.parseLong(words[2]));
                case "settled" -> settled.put(words[1], Long.parseLong(words[2]));
                case "released" -> released.add(words[1]);
                case "up", "ready" -> {}
                default -> {
                    assertThat(line).isEqualTo("failed spend_cap_reached");
                    capReached++;
                }
            }
        }
    }
}
