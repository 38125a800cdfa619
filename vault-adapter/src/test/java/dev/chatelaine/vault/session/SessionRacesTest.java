package dev.chatelaine.vault.session;

import static dev.chatelaine.vault.TestSessions.given;
import static dev.chatelaine.vault.TestSessions.keys;
import static dev.chatelaine.vault.TestVault.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestSessions;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.crypto.SecretValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionRacesTest {
    private static final int ROUNDS = 20;

    @RegisterExtension
    final TestVault test = new TestVault();

    private final TestSessions bench = new TestSessions(test);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Whichever comes first, a session that runs has what the bundle has. */
    @Test
    void aSessionThatIsStartedDuringAReplacementHasTheNewValueInTheEnd() throws Exception {
        bench.create("bot", "A", "0");
        for (int i = 1; i <= ROUNDS; i++) {
            String value = Integer.toString(i);
            List<Object> ends = atOnce(List.of(
                    () -> bench.start("bot"), () -> bench.replace("bot", "A", value), () -> bench.start("bot")));

            assertThat(bench.env((StartedSession) ends.get(0))).isEqualTo(given("A", value));
            assertThat(bench.env((StartedSession) ends.get(2))).isEqualTo(given("A", value));
        }
    }

    @Test
    void whatIsReplacedIsNeverGivenOnceTheReplacingHasReturned() throws Exception {
        bench.create("bot", "A", "0");
        StartedSession started = bench.start("bot");
        for (int i = 1; i <= ROUNDS; i++) {
            String value = Integer.toString(i);
            List<Object> ends = atOnce(List.of(
                    () -> {
                        bench.replace("bot", "A", value);
                        return bench.env(started);
                    },
                    () -> bench.environment(started)));

            assertThat(ends.get(0)).isEqualTo(given("A", value));
            Injection meanwhile = (Injection) ends.get(1);
            assertThat(meanwhile.values())
                    .containsEntry(keys("A").get(0), SecretValue.of(Long.toString(meanwhile.revision() - 1)));
        }
    }

    @Test
    void aReplacementAndADeletionEndInOneOrTheOther() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            bench.create("bot", "A", "old");
            StartedSession started = bench.start("bot");

            List<Object> ends = atOnce(List.of(
                    () -> outcome(() -> bench.replace("bot", "A", "new")), () -> outcome(() -> bench.delete("bot"))));

            assertThat(ends.get(1)).isEqualTo("done");
            boolean replaced = ends.get(0).equals("done");
            assertThat(ends.get(0)).isIn("done", ErrorCode.BUNDLE_NOT_FOUND);
            assertThat(bench.env(started)).isEqualTo(given("A", replaced ? "new" : "old"));
            assertThat(test.rows("SELECT record FROM bundle_values")).isEmpty();
            test.vault().sessions().stop(OWNER, started.session().id());
        }
        assertThat(test.vault().audit().verify(TestVault.ACME).clean()).isTrue();
    }

    @Test
    void aSessionThatIsStoppedWhileItsUpdateIsOnTheWayHoldsNothing() throws Exception {
        bench.create("bot", "A", "0");
        for (int i = 1; i <= ROUNDS; i++) {
            String value = Integer.toString(i);
            StartedSession started = bench.start("bot");

            atOnce(List.of(
                    () -> bench.replace("bot", "A", value),
                    () -> test.vault().sessions().stop(OWNER, started.session().id()),
                    () -> test.vault()
                            .sessionRuntimes()
                            .environment(started.session().id(), started.token())));

            assertThat(bench.letsIn(started)).isFalse();
            assertThat(test.rows("SELECT record FROM session_values")).isEmpty();
        }
    }

    @Test
    void ofManyThatResumeOneSessionOneDoes() throws Exception {
        bench.create("bot", "A", "value");
        StartedSession started = bench.start("bot");
        test.vault().sessions().stop(OWNER, started.session().id());

        List<Object> ends = atOnce(IntStream.range(0, 8)
                .mapToObj(i -> (Callable<Object>) () -> outcome(() ->
                        test.vault().sessions().resume(OWNER, started.session().id())))
                .toList());

        assertThat(ends).containsOnlyOnce("done").contains(ErrorCode.CONFLICT);
        assertThat(test.rows("SELECT hash FROM session_tokens")).hasSize(1);
    }

    @Test
    void ofManyThatMakeBundlesFiftyDo() throws Exception {
        IntStream.range(0, 46).forEach(i -> bench.create("bot-" + i, "A", "value"));

        List<Object> ends = atOnce(IntStream.range(46, 58)
                .mapToObj(i -> (Callable<Object>) () -> outcome(() -> bench.create("bot-" + i, "A", "value")))
                .toList());

        assertThat(ends).filteredOn("done"::equals).hasSize(4);
        assertThat(ends).filteredOn(ErrorCode.BUNDLE_QUOTA_EXCEEDED::equals).hasSize(8);
    }

    @Test
    void replacementsOfTwoBundlesOfASessionLoseNone() throws Exception {
        bench.create("bot", "A", "0");
        bench.create("able", "B", "0");
        StartedSession started = bench.start("bot", "able");

        atOnce(List.of(
                () -> {
                    IntStream.rangeClosed(1, ROUNDS).forEach(i -> bench.replace("bot", "A", Integer.toString(i)));
                    return "";
                },
                () -> {
                    IntStream.rangeClosed(1, ROUNDS).forEach(i -> bench.replace("able", "B", Integer.toString(i)));
                    return "";
                }));

        assertThat(bench.env(started)).isEqualTo(given("A", "" + ROUNDS, "B", "" + ROUNDS));
        assertThat(bench.environment(started).revision()).isEqualTo(1 + 2 * ROUNDS);
        assertThat(test.rows("SELECT revision FROM announcements ORDER BY revision"))
                .isEqualTo(IntStream.rangeClosed(1, 2 * ROUNDS)
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(test.vault().bundles().get(OWNER, new BundleName("bot")).keyNames())
                .isEqualTo(keys("A"));
    }

    private static Object outcome(Callable<?> call) throws Exception {
        try {
            return Optional.ofNullable(call.call()).map(done -> "done").orElseThrow();
        } catch (VaultException e) {
            return e.code();
        }
    }

    private List<Object> atOnce(List<Callable<Object>> calls) throws Exception {
        CyclicBarrier start = new CyclicBarrier(calls.size());
        List<Future<Object>> ends = new ArrayList<>();
        for (Callable<Object> call : calls) {
            ends.add(threads.submit(() -> {
                start.await();
                return call.call();
            }));
        }
        List<Object> answers = new ArrayList<>();
        for (Future<Object> end : ends) {
            answers.add(end.get());
        }
        return answers;
    }
}
