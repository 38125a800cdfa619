package dev.chatelaine.vault.session;

import static dev.chatelaine.vault.TestSessions.given;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestSessions;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.crypto.Credential;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that let nobody in, and somebody who can write the database, has no key, and moves rows about. */
class SessionTokensTest {
    @RegisterExtension
    final TestVault test = new TestVault();

    private final TestSessions bench = new TestSessions(test);

    @BeforeEach
    void aBundle() {
        bench.create("bot", "A", "one", "B", "two");
        bench.create("able", "A", "other", "B", "others");
    }

    @Test
    void aTokenIsForItsOwnSessionAlone() {
        StartedSession mine = bench.start("bot");
        StartedSession other = bench.start("able");

        assertThat(bench.letsIn(new StartedSession(mine.session(), other.token(), Instant.MAX)))
                .isFalse();
        assertThat(bench.letsIn(new StartedSession(mine.session(), mine.token() + "x", Instant.MAX)))
                .isFalse();
        assertThat(bench.letsIn(new StartedSession(mine.session(), "", Instant.MAX)))
                .isFalse();
        assertThat(bench.letsIn(new StartedSession(mine.session(), Credential.hash(mine.token()), Instant.MAX)))
                .isFalse();
        assertThat(bench.letsIn(mine)).isTrue();
    }

    @Test
    void onlyItsHashIsKept() {
        StartedSession started = bench.start("bot");

        assertThat(test.rows("SELECT hash FROM session_tokens")).containsExactly(Credential.hash(started.token()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "expires_at = expires_at + 1",
                "expires_at = 9000000000000000000",
                "revision = 7",
                "mac = zeroblob(37)",
                "mac = x''",
                "tenant = 'rival'",
                "session_id = (SELECT id FROM sessions WHERE bundles LIKE 'able%')",
                "hash = '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae'"
            })
    void aTokenThatWasChangedOnDiskLetsNobodyIn(String change) throws SQLException {
        StartedSession other = bench.start("able");
        test.execute("DELETE FROM session_tokens");
        StartedSession started = bench.start("bot");

        test.execute("UPDATE session_tokens SET " + change);

        assertThat(bench.letsIn(started)).isFalse();
        assertThat(bench.letsIn(new StartedSession(started.session(), "foo", Instant.MAX)))
                .isFalse();
        assertThat(bench.letsIn(new StartedSession(other.session(), started.token(), Instant.MAX)))
                .isFalse();
    }

    @Test
    void aTokenThatWasPutThereLetsNobodyIn() throws SQLException {
        StartedSession started = bench.start("bot");
        test.execute("UPDATE session_tokens SET hash = '" + Credential.hash("planted") + "'");

        assertThat(bench.letsIn(new StartedSession(started.session(), "planted", Instant.MAX)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant = 'rival'",
                "agent = 'another'",
                "template = NULL",
                "user_id = 'somebody else'",
                "vendor = 'openai', model = 'm'",
                "llm_key = 'sec_1'",
                "bundles = ''",
                "bundles = (SELECT 'able ' || id FROM bundles WHERE name = 'able')",
                "refs = 'C sec_1'",
                "created_at = created_at + 1",
                "created_by = 'somebody'",
                "mac = zeroblob(37)"
            })
    void aSessionThatWasChangedOnDiskIsNone(String change) throws SQLException {
        StartedSession started = bench.start("bot");
        String id = started.session().id();

        test.execute("UPDATE sessions SET " + change);

        assertThat(bench.letsIn(started)).isFalse();
        assertThat(refusal(() -> test.vault().sessions().get(OWNER, id)).code()).isEqualTo(ErrorCode.SESSION_NOT_FOUND);
        assertThat(refusal(() -> test.vault().sessions().resume(OWNER, id)).code())
                .isEqualTo(ErrorCode.SESSION_NOT_FOUND);
        assertThat(test.vault().sessions().list(OWNER, SessionQuery.all()).sessions())
                .isEmpty();
        bench.replace("bot", "A", "one", "B", "new");
    }

    /** Who adds a session to those that a bundle concerns gets none of its values. */
    @Test
    void aSourceThatWasPutThereGivesNothing() throws SQLException {
        StartedSession started = bench.start("bot");
        bench.create("secret", "C", "one");
        test.execute("INSERT INTO session_sources SELECT '" + started.session().id()
                + "', 60, 'acme', id FROM bundles WHERE name = 'secret'");

        bench.replace("secret", "C", "two");

        assertThat(bench.env(started)).isEqualTo(given("A", "one", "B", "two"));
    }

    /** Stopping a session that was put there does not make it one. */
    @Test
    void anExpiredSessionThatWasChangedOnDiskStaysNone() throws SQLException {
        StartedSession started = bench.start("bot");
        test.execute("UPDATE sessions SET bundles = (SELECT 'able ' || id FROM bundles WHERE name = 'able')");
        test.clock.advance(Sessions.TOKEN_LIFE);

        test.vault().sessions().expireEverywhere();

        assertThat(test.rows("SELECT status FROM sessions")).containsExactly("stopped");
        assertThat(refusal(() -> test.vault()
                                .sessions()
                                .resume(OWNER, started.session().id()))
                        .code())
                .isEqualTo(ErrorCode.SESSION_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE session_values SET sealed = (SELECT v.sealed FROM session_values v WHERE v.key_name = 'B'"
                        + " AND v.session_id = session_values.session_id) WHERE key_name = 'A'",
                "UPDATE session_values SET sealed = (SELECT v.sealed FROM session_values v WHERE v.key_name ="
                        + " session_values.key_name AND v.session_id <> session_values.session_id)",
                "UPDATE session_values SET sealed = (SELECT v.sealed FROM bundle_values v WHERE v.key_name ="
                        + " session_values.key_name AND v.bundle_id = session_values.source_id)",
                "UPDATE session_values SET version = version + 1",
                "UPDATE session_values SET key_name = key_name || '_OTHER'",
                "UPDATE session_values SET sealed = zeroblob(40)"
            })
    void aValueThatWasMovedDoesNotOpen(String move) throws SQLException {
        StartedSession started = bench.start("bot");
        bench.start("able");

        test.execute(move);

        assertThat(refusal(() -> bench.env(started)).code()).isEqualTo(ErrorCode.INTEGRITY_FAILED);
        assertThat(test.events()).noneMatch(event -> event.startsWith("session.reveal"));
    }

    @Test
    void aValueThatWasMovedToAnotherTenantIsMissed() throws SQLException {
        StartedSession started = bench.start("bot");

        test.execute("UPDATE session_values SET tenant = 'rival'");

        assertThat(bench.env(started)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE bundle_values SET sealed = (SELECT v.sealed FROM bundle_values v WHERE v.key_name = 'B'"
                        + " AND v.bundle_id = bundle_values.bundle_id) WHERE key_name = 'A'",
                "UPDATE bundle_values SET sealed = (SELECT v.sealed FROM bundle_values v WHERE v.key_name ="
                        + " bundle_values.key_name AND v.bundle_id <> bundle_values.bundle_id)",
                "UPDATE bundle_values SET version = version + 1",
                "UPDATE bundle_values SET bundle_id = (SELECT id FROM bundles WHERE name = 'empty') WHERE bundle_id ="
                        + " (SELECT id FROM bundles WHERE name = 'bot')"
            })
    void aBundlesValueThatWasMovedDoesNotOpen(String move) throws SQLException {
        test.execute("INSERT INTO bundles SELECT 'bun_empty', tenant, 50, 'empty', 1, 0, 'x', NULL FROM bundles"
                + " WHERE name = 'bot'");

        test.execute(move);

        String moved = move.contains("empty") ? "empty" : "bot";
        assertThat(refusal(() -> bench.start(moved)).code()).isEqualTo(ErrorCode.INTEGRITY_FAILED);
        assertThat(test.rows("SELECT id FROM sessions")).isEmpty();
    }
}
