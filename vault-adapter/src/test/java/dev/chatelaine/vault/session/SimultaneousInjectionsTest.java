package dev.chatelaine.vault.session;

import static dev.chatelaine.vault.TestSessions.given;
import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.RIVAL;
import static dev.chatelaine.vault.TestVault.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestSessions;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.VaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runtimes that all ask at once, as they do when a bundle was replaced. */
class SimultaneousInjectionsTest {
    @RegisterExtension
    final TestVault test = new TestVault();

    private final TestSessions sessions = new TestSessions(test);
    private final ExecutorService pool = Executors.newFixedThreadPool(24);

    @BeforeEach
    void prepare() {
        sessions.create("shared", "SHARED", "first");
    }

    @AfterEach
    void end() {
        pool.shutdownNow();
    }

    private List<Future<Optional<Injection>>> atOnce(Stream<Callable<Optional<Injection>>> calls)
            throws InterruptedException {
        return pool.invokeAll(calls.toList());
    }

    private Callable<Optional<Injection>> ask(StartedSession session, String token) {
        return () ->
                test.vault().sessionRuntimes().environment(session.session().id(), token);
    }

    private Callable<Optional<Injection>> ask(StartedSession session) {
        return ask(session, session.token());
    }

    @Test
    void eachIsGivenItsOwnAndEachIsAnEvent() throws Exception {
        List<StartedSession> started = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sessions.create("own-" + i, "OWN", "value of " + i);
            started.add(sessions.start("shared", "own-" + i));
        }
        int before = test.events().size();

        List<Future<Optional<Injection>>> answers = atOnce(started.stream().map(this::ask));

        for (int i = 0; i < started.size(); i++) {
            assertThat(answers.get(i).get().orElseThrow().values())
                    .isEqualTo(given("SHARED", "first", "OWN", "value of " + i));
        }
        assertThat(test.events().subList(before, test.events().size()))
                .containsExactlyInAnyOrderElementsOf(started.stream()
                        .map(one -> "session.reveal " + one.session().id() + " done")
                        .toList());
        assertThat(test.vault().audit().verify(ACME).clean()).isTrue();
    }

    @Test
    void whoHasNoTokenForItIsGivenNothingAmongThoseWhoHave() throws Exception {
        StartedSession own = sessions.start("shared");
        StartedSession other = sessions.start("shared");
        StartedSession stopped = sessions.start("shared");
        test.vault().sessions().stop(OWNER, stopped.session().id());

        List<Future<Optional<Injection>>> answers = atOnce(IntStream.range(0, 10)
                .boxed()
                .flatMap(i -> Stream.of(ask(own), ask(own, other.token()), ask(stopped), ask(own, "crt_nothing"))));

        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).get().isPresent()).as("answer " + i).isEqualTo(i % 4 == 0);
        }
    }

    @Test
    void twoTenantsAreGivenTheirOwn() throws Exception {
        sessions.create(STRANGER, "shared", "SHARED", "the rival's");
        StartedSession own = sessions.start("shared");
        StartedSession rivals = test.vault().sessions().start(STRANGER, TestSessions.with("shared"));

        List<Future<Optional<Injection>>> answers =
                atOnce(IntStream.range(0, 20).mapToObj(i -> ask(i % 2 == 0 ? own : rivals)));

        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).get().orElseThrow().values())
                    .isEqualTo(given("SHARED", i % 2 == 0 ? "first" : "the rival's"));
        }
        assertThat(test.vault().audit().verify(ACME).clean()).isTrue();
        assertThat(test.vault().audit().verify(RIVAL).clean()).isTrue();
    }

    @Test
    void aDamagedValueIsTheFailureOfItsOwnSessionAlone() throws Exception {
        StartedSession whole = sessions.start("shared");
        StartedSession damaged = sessions.start("shared");
        test.execute("UPDATE session_values SET sealed = (SELECT sealed FROM session_values WHERE session_id = '"
                + whole.session().id() + "') WHERE session_id = '"
                + damaged.session().id() + "'");

        List<Future<Optional<Injection>>> answers =
                atOnce(IntStream.range(0, 20).mapToObj(i -> ask(i % 2 == 0 ? whole : damaged)));

        for (int i = 0; i < answers.size(); i++) {
            if (i % 2 == 0) {
                assertThat(answers.get(i).get()).isPresent();
            } else {
                assertThat(failure(answers.get(i)).code()).isEqualTo(ErrorCode.INTEGRITY_FAILED);
            }
        }
    }

    private static VaultException failure(Future<?> answer) throws InterruptedException {
        try {
            answer.get();
            throw new AssertionError("a value was given that is not the session's");
        } catch (ExecutionException e) {
            return (VaultException) Objects.requireNonNull(e.getCause());
        }
    }
}
