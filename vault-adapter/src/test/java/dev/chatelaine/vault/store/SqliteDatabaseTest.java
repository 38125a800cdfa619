package dev.chatelaine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("sqlite")
@Timeout(60)
class SqliteDatabaseTest {
    @TempDir
    Path folder;

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private SqliteDatabase database;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("vault.db"), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
        pool.shutdownNow();
    }

    @Test
    void theSettingsThatKeepDataAreInForceOnEveryConnection() throws Exception {
        CountDownLatch all = new CountDownLatch(6);
        List<Future<List<Long>>> readers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            readers.add(pool.submit(() -> database.read(tx -> {
                all.countDown();
                awaited(all);
                return settings(tx);
            })));
        }
        for (Future<List<Long>> reader : readers) {
            assertThat(reader.get()).containsExactly(2L, 1L, 1L, 0L);
        }
        List<Long> writer = database.write(Scope.VAULT, SqliteDatabaseTest::settings);
        assertThat(writer).containsExactly(2L, 1L, 1L, 0L);
        String mode = database.write(
                Scope.VAULT,
                tx -> tx.query("PRAGMA journal_mode").mapTo(String.class).one());
        assertThat(mode).isEqualTo("wal");
    }

    private static List<Long> settings(Transaction tx) {
        return List.of("synchronous", "foreign_keys", "secure_delete", "trusted_schema").stream()
                .map(name -> tx.query("PRAGMA " + name).mapTo(Long.class).one())
                .toList();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
