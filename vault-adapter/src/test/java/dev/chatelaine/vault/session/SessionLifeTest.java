package dev.chatelaine.vault.session;

import static dev.chatelaine.vault.TestSessions.given;
import static dev.chatelaine.vault.TestSessions.keys;
import static dev.chatelaine.vault.TestSessions.with;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.STRANGER;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestSessions;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.secret.SecretName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionLifeTest {
    private static final String EVERYTHING = "SELECT id || status || revision || bundles || refs FROM sessions"
            + " UNION ALL SELECT record || version || hex(sealed) FROM session_values"
            + " UNION ALL SELECT hash FROM session_tokens UNION ALL SELECT session_id || source_id FROM session_sources"
            + " UNION ALL SELECT record || version || hex(sealed) FROM bundle_values ORDER BY 1";

    @RegisterExtension
    final TestVault test = new TestVault();

    private final TestSessions bench = new TestSessions(test);

    @Test
    void anothersSessionIsNotThere() {
        bench.create("bot", "A", "value");
        StartedSession mine = bench.start("bot");
        String id = mine.session().id();
        List<String> before = test.rows(EVERYTHING);

        assertUnknown(() -> test.vault().sessions().get(STRANGER, id));
        assertUnknown(() -> test.vault().sessions().stop(STRANGER, id));
        assertUnknown(() -> test.vault().sessions().resume(STRANGER, id));
        assertThat(test.vault().sessions().list(STRANGER, SessionQuery.all()).sessions())
                .isEmpty();
        assertUnknown(() -> test.vault().sessions().get(OWNER, "ses_none"));
        assertUnknown(() -> test.vault().sessions().stop(OWNER, "' OR 1 = 1"));
        assertThat(test.rows(EVERYTHING)).isEqualTo(before);
    }

    @Test
    void whatAStoppedSessionHeldIsGoneFromTheRows() {
        bench.create("bot", "A", "value");
        test.create("token", "value");
        StartedSession started = bench.start(with(null, Map.of("B", "token"), "bot"));
        String id = started.session().id();

        assertThat(test.eventsOf(() -> stop(started))).containsExactly("session.stop " + id + " done");

        assertThat(test.rows("SELECT record FROM session_values UNION ALL SELECT hash FROM session_tokens"
                        + " UNION ALL SELECT source_id FROM session_sources"))
                .isEmpty();
        Session stopped = test.vault().sessions().get(OWNER, id);
        assertThat(stopped.status()).isEqualTo(SessionStatus.STOPPED);
        assertThat(stopped.stoppedAt()).isEqualTo(test.clock.instant());
        assertThat(stopped.keyNames()).isEmpty();
        assertThat(stopped.bundles()).hasToString("[bot]");
        assertThat(bench.letsIn(started)).isFalse();
    }

    @Test
    void stoppingAStoppedSessionChangesNothing() {
        StartedSession started = bench.start();
        Session stopped = stop(started);
        test.clock.advance(Duration.ofMinutes(1));

        assertThat(test.eventsOf(() -> assertThat(stop(started)).isEqualTo(stopped)))
                .isEmpty();
    }

    @Test
    void aStoppedSessionIsNotGivenWhatIsReplacedLater() {
        bench.create("bot", "A", "one");
        StartedSession started = bench.start("bot");
        stop(started);

        bench.replace("bot", "A", "two");

        assertThat(test.rows("SELECT record FROM session_values")).isEmpty();
        assertThat(test.vault().sessions().get(OWNER, started.session().id()).revision())
                .isEqualTo(1);
    }

    @Test
    void aResumedSessionHasTheValuesOfNowAndANewToken() {
        bench.create("bot", "A", "one", "B", "b");
        test.create("token", "first");
        StartedSession started = bench.start(with(null, Map.of("C", "token"), "bot"));
        stop(started);
        bench.delete("bot");
        bench.create("bot", "A", "two", "D", "d");
        test.clock.advance(Duration.ofHours(30));

        StartedSession resumed = resume(started);

        assertThat(resumed.session().id()).isEqualTo(started.session().id());
        assertThat(resumed.session().revision()).isEqualTo(2);
        assertThat(resumed.session().createdAt()).isEqualTo(started.session().createdAt());
        assertThat(resumed.session().stoppedAt()).isNull();
        assertThat(resumed.token()).isNotEqualTo(started.token());
        assertThat(bench.env(resumed)).isEqualTo(given("A", "two", "C", "first", "D", "d"));
        assertThat(bench.letsIn(started)).isFalse();
        bench.replace("bot", "A", "three");
        assertThat(bench.env(resumed)).isEqualTo(given("A", "three", "C", "first"));
        assertThat(test.vault()
                        .sessionRuntimes()
                        .authenticate(resumed.session().id(), resumed.token())
                        .orElseThrow()
                        .firstRevision())
                .isEqualTo(2);
    }

    @Test
    void aResumeWithoutOneOfThreeBundlesLeavesAllAsItWas() {
        bench.create("one", "A", "a");
        bench.create("two", "B", "b");
        bench.create("three", "C", "c");
        StartedSession started = bench.start("one", "two", "three");
        stop(started);
        bench.delete("two");
        List<String> before = test.rows(EVERYTHING);

        List<String> events = test.eventsOf(() -> {
            VaultException refused = refusal(() -> resume(started));
            assertThat(refused.code()).isEqualTo(ErrorCode.SECRET_BUNDLE_NOT_FOUND_AT_RESUME);
            assertThat(refused.text()).contains("bundle two");
        });

        assertThat(events).isEmpty();
        assertThat(test.rows(EVERYTHING)).isEqualTo(before);
        bench.create("two", "B", "b again");
        assertThat(bench.env(resume(started))).isEqualTo(given("A", "a", "B", "b again", "C", "c"));
    }

    @Test
    void aResumeFindsSecretsByTheirIds() {
        test.create("token", "first");
        StartedSession started = bench.start(with(null, Map.of("A", "token")));
        stop(started);
        test.vault().secretHistory().delete(OWNER, new SecretName("token"));
        test.create("token", "another");

        VaultException refused = refusal(() -> resume(started));

        assertThat(refused.code()).isEqualTo(ErrorCode.SECRET_NOT_FOUND_AT_RESUME);
        assertThat(refused.text()).contains("behind A");
        assertThat(test.vault().sessions().get(OWNER, started.session().id()).status())
                .isEqualTo(SessionStatus.STOPPED);
    }

    @Test
    void aResumeIntoACollisionIsRefused() {
        bench.create("one", "A", "a");
        bench.create("two", "B", "b");
        StartedSession started = bench.start("one", "two");
        bench.replace("two", "A", "another", "B", "b");
        assertThat(bench.env(started)).isEqualTo(given("A", "a", "B", "b"));
        stop(started);

        assertThat(refusal(() -> resume(started)).code()).isEqualTo(ErrorCode.KEY_COLLISION);
    }

    @Test
    void aRunningSessionIsNotResumed() {
        bench.create("bot", "A", "value");
        StartedSession started = bench.start("bot");

        assertThat(refusal(() -> resume(started)).code()).isEqualTo(ErrorCode.CONFLICT);

        assertThat(bench.letsIn(started)).isTrue();
    }

    @Test
    void aSessionWhoseTokenHasExpiredIsStoppedAndTheAuditSaysWhy() {
        bench.create("bot", "A", "value");
        StartedSession started = bench.start("bot");
        test.clock.advance(Sessions.TOKEN_LIFE.minusMillis(1));
        StartedSession younger = bench.start("bot");
        assertThat(test.vault().sessions().expireEverywhere()).isZero();
        assertThat(bench.letsIn(started)).isTrue();
        test.clock.advance(Duration.ofMillis(1));
        assertThat(bench.letsIn(started)).isFalse();

        List<String> events = test.eventsOf(
                () -> assertThat(test.vault().sessions().expireEverywhere()).isEqualTo(1));

        String id = started.session().id();
        assertThat(events).containsExactly("session.expire " + id + " done");
        assertThat(test.rows("SELECT DISTINCT session_id FROM session_values"))
                .containsExactly(younger.session().id());
        assertThat(test.vault().sessions().get(OWNER, id).status()).isEqualTo(SessionStatus.STOPPED);
        assertThat(bench.env(resume(started))).isEqualTo(given("A", "value"));
    }

    @Test
    void openingTheVaultStopsWhatHasExpired() {
        bench.create("bot", "A", "value");
        StartedSession started = bench.start("bot");
        test.clock.advance(Sessions.TOKEN_LIFE);

        test.reopen();

        assertThat(test.rows("SELECT record FROM session_values")).isEmpty();
        assertThat(test.vault().sessions().get(OWNER, started.session().id()).status())
                .isEqualTo(SessionStatus.STOPPED);
    }

    @Test
    void aListHasThemFromTheNewestInPages() {
        bench.create("bot", "A", "value");
        List<String> ids = IntStream.range(0, 7)
                .mapToObj(i -> {
                    test.clock.advance(Duration.ofSeconds(i % 2));
                    return bench.start("bot").session().id();
                })
                .toList();
        test.vault().sessions().stop(OWNER, ids.get(3));

        List<String> listed = new ArrayList<>();
        String cursor = null;
        do {
            SessionPage page = test.vault().sessions().list(OWNER, new SessionQuery(null, 3, cursor));
            page.sessions().forEach(session -> listed.add(session.id()));
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(listed).containsExactlyInAnyOrderElementsOf(ids).doesNotHaveDuplicates();
        assertThat(listed.get(0)).isIn(ids.get(6), ids.get(5));
        assertThat(list(SessionStatus.STOPPED)).containsExactly(ids.get(3));
        assertThat(list(SessionStatus.RUNNING)).hasSize(6).doesNotContain(ids.get(3));
        assertThat(test.vault().sessions().list(OWNER, SessionQuery.all()).sessions())
                .filteredOn(session -> session.status() == SessionStatus.RUNNING)
                .allMatch(session -> session.keyNames().equals(keys("A")));
    }

    @Test
    void aLimitAndACursorThatCannotBe() {
        for (int limit : new int[] {0, -1, 201}) {
            assertThat(refusal(() -> new SessionQuery(null, limit, null)).field())
                    .isEqualTo("limit");
        }
        for (String cursor : List.of("", "?", "abc", "MSBi\n", "YSBzZXNfMQ", "MSBTRVM")) {
            VaultException refused =
                    refusal(() -> test.vault().sessions().list(OWNER, new SessionQuery(null, 1, cursor)));
            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_FIELD);
            assertThat(refused.field()).isEqualTo("cursor");
        }
    }

    private List<String> list(@Nullable SessionStatus status) {
        return test.vault().sessions().list(OWNER, new SessionQuery(status, 200, null)).sessions().stream()
                .map(Session::id)
                .toList();
    }

    private Session stop(StartedSession started) {
        return test.vault().sessions().stop(OWNER, started.session().id());
    }

    private StartedSession resume(StartedSession started) {
        return test.vault().sessions().resume(OWNER, started.session().id());
    }

    private static void assertUnknown(ThrowingCallable call) {
        assertThat(refusal(call).code()).isEqualTo(ErrorCode.SESSION_NOT_FOUND);
    }
}
