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
import dev.chatelaine.vault.bundle.KeyName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionStartTest {
    @RegisterExtension
    final TestVault test = new TestVault();

    private final TestSessions bench = new TestSessions(test);

    @Test
    void theEleventhBundleIsRefused() {
        String[] ten = IntStream.range(0, 10).mapToObj(i -> "bot-" + i).toArray(String[]::new);
        String[] eleven = IntStream.range(0, 11).mapToObj(i -> "bot-" + i).toArray(String[]::new);
        IntStream.range(0, 11).forEach(i -> bench.create("bot-" + i, "KEY_" + i, "value"));

        assertThat(bench.env(bench.start(ten))).hasSize(10);
        assertRefused(ErrorCode.TOO_MANY_BUNDLES, "secrets", () -> with(eleven));
    }

    @Test
    void theFiftyFirstReferenceIsRefused() {
        test.create("token", "value");
        Map<String, String> refs = new TreeMap<>();
        IntStream.range(0, 50).forEach(i -> refs.put("KEY_" + i, "token"));

        assertThat(bench.env(bench.start(with(null, refs)))).hasSize(50);
        refs.put("KEY_50", "token");
        assertRefused(ErrorCode.TOO_MANY_KEYS, "secret_refs", () -> with(null, refs));
    }

    @Test
    void oneBundleTwiceIsRefused() {
        assertRefused(ErrorCode.INVALID_FIELD, "secrets", () -> with("bot", "able", "bot"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-a", "a b", "ä", "a\n", "<script>"})
    void anAgentAndATemplateAreWords(String word) {
        assertRefused(
                ErrorCode.INVALID_FIELD,
                "agent.kind",
                () -> new NewSession(word, null, null, List.of(), new TreeMap<>(), null));
        assertRefused(
                ErrorCode.INVALID_FIELD,
                "template",
                () -> new NewSession("a", word, null, List.of(), new TreeMap<>(), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\n", "a\0", "half \ud83d"})
    void aUserIdIsTextWithoutControlCharacters(String id) {
        assertRefused(
                ErrorCode.INVALID_FIELD,
                "user_id",
                () -> new NewSession("a", null, null, List.of(), new TreeMap<>(), id));
    }

    @Test
    void lengthsAndKeysThatStrayed() {
        String key = "sk-proj-" + "a1B2c3D4e5".repeat(4);
        new NewSession("a".repeat(128), null, null, List.of(), new TreeMap<>(), "🔑".repeat(255));
        assertRefused(
                ErrorCode.INVALID_FIELD,
                "agent.kind",
                () -> new NewSession("a".repeat(129), null, null, List.of(), new TreeMap<>(), null));
        assertRefused(
                ErrorCode.INVALID_FIELD,
                "user_id",
                () -> new NewSession("a", null, null, List.of(), new TreeMap<>(), "a".repeat(256)));
        assertRefused(
                ErrorCode.VALUE_IN_WRONG_FIELD,
                "agent.kind",
                () -> new NewSession(key, null, null, List.of(), new TreeMap<>(), null));
        assertRefused(
                ErrorCode.VALUE_IN_WRONG_FIELD,
                "user_id",
                () -> new NewSession("a", null, null, List.of(), new TreeMap<>(), key));
    }

    @Test
    void whatIsNotThereIsNotFoundAndNothingIsStarted() {
        bench.create("bot", "A", "value");
        test.create(STRANGER, "theirs", "value");

        assertRefused(ErrorCode.BUNDLE_NOT_FOUND, "secrets", () -> bench.start("bot", "none"));
        assertRefused(
                ErrorCode.SECRET_NOT_FOUND,
                "secret_refs.TOKEN",
                () -> bench.start(with(null, Map.of("TOKEN", "theirs"), "bot")));
        assertThat(test.rows("SELECT id FROM sessions UNION ALL SELECT record FROM session_values"))
                .isEmpty();
    }

    @Test
    void twoBundlesWithOneKeyAreRefusedByName() {
        bench.create("bot", "A", "value", "B", "value");
        bench.create("able", "B", "other");

        VaultException refused = refusal(() -> bench.start("bot", "able"));

        assertThat(refused.code()).isEqualTo(ErrorCode.KEY_COLLISION);
        assertThat(refused.text()).contains("B is given twice", "bundle bot", "bundle able");
        assertThat(test.rows("SELECT id FROM sessions")).isEmpty();
    }

    @Test
    void aReferenceAndABundleWithOneKeyAreRefused() {
        bench.create("bot", "A", "value");
        test.create("token", "value");

        VaultException refused = refusal(() -> bench.start(with(null, Map.of("A", "token"), "bot")));

        assertThat(refused.code()).isEqualTo(ErrorCode.KEY_COLLISION);
        assertThat(refused.field()).isEqualTo("secret_refs");
        assertThat(refused.text()).contains("A is given twice", "secret_refs", "bundle bot");
    }

    @Test
    void aSessionHoldsAllThatItWasGivenAndTellsNoneOfIt() {
        bench.create("bot", "A", "one", "B", "two");
        bench.create("able", "C", "three");
        String token = test.create("token", "four").id();

        StartedSession started = bench.start(with(null, Map.of("D", "token", "E", token), "bot", "able"));

        Session session = started.session();
        assertThat(session.id()).startsWith("ses_");
        assertThat(session.status()).isEqualTo(SessionStatus.RUNNING);
        assertThat(session.keyNames()).isEqualTo(keys("A", "B", "C", "D", "E"));
        assertThat(session.bundles()).hasToString("[bot, able]");
        assertThat(session.secretRefs()).isEqualTo(Map.of(new KeyName("D"), token, new KeyName("E"), token));
        assertThat(session.revision()).isEqualTo(1);
        assertThat(session.userId()).isEqualTo("user 7");
        assertThat(session.llm()).isNull();
        assertThat(started.token()).matches("crt_[A-Za-z0-9_-]{43}");
        assertThat(started.expiresAt()).isEqualTo(test.clock.instant().plus(Sessions.TOKEN_LIFE));
        assertThat(started.toString()).doesNotContain(started.token());
        assertThat(test.vault().sessions().get(OWNER, session.id())).isEqualTo(session);
        assertThat(bench.env(started)).isEqualTo(given("A", "one", "B", "two", "C", "three", "D", "four", "E", "four"));
        assertThat(bench.environment(started).revision()).isEqualTo(1);
    }

    @Test
    void aSessionOfNothingHoldsNothing() {
        StartedSession started = bench.start(new NewSession("a", null, null, List.of(), new TreeMap<>(), null));

        assertThat(bench.env(started)).isEmpty();
        assertThat(started.session().keyNames()).isEmpty();
    }

    @Test
    void givingTheValuesIsAnEventOfTheSessionAndAUseOfItsSecrets() {
        test.create("token", "value");
        StartedSession started = bench.start(with(null, Map.of("TOKEN", "token")));
        String id = started.session().id();

        assertThat(test.eventsOf(() -> bench.env(started))).containsExactly("session.reveal " + id + " done");

        assertThat(test.rows("SELECT subject || ' ' || channel || ' ' || client FROM audit_events"
                        + " WHERE action = 'session.reveal'"))
                .containsExactly(id + " session claude-code");
        assertThat(test.rows("SELECT last_used_at FROM secrets")).containsExactly(Long.toString(test.clock.millis()));
    }

    private static void assertRefused(
            ErrorCode code, String field, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        VaultException refused = refusal(call);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.field()).isEqualTo(field);
    }
}
