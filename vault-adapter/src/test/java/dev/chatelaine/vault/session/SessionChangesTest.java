package dev.chatelaine.vault.session;

import static dev.chatelaine.vault.TestSessions.given;
import static dev.chatelaine.vault.TestSessions.keys;
import static dev.chatelaine.vault.TestSessions.values;
import static dev.chatelaine.vault.TestSessions.with;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.TestSessions;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.entry.EntryPage;
import dev.chatelaine.vault.entry.EntryRequest;
import dev.chatelaine.vault.secret.SecretChange;
import dev.chatelaine.vault.secret.SecretName;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a running session has after something was replaced, and what it is told of it. */
class SessionChangesTest {
    private static final SecretName TOKEN = new SecretName("token");

    @RegisterExtension
    final TestVault test = new TestVault();

    private final TestSessions bench = new TestSessions(test);

    @Test
    void everyRunningSessionWithTheBundleHasTheNewValuesAndNoOther() {
        bench.create("bot", "A", "one", "B", "two");
        bench.create("able", "C", "three");
        StartedSession first = bench.start("bot");
        StartedSession both = bench.start("able", "bot");
        StartedSession other = bench.start("able");

        bench.replace("bot", "A", "ONE", "B", "two");

        assertThat(bench.env(first)).isEqualTo(given("A", "ONE", "B", "two"));
        assertThat(bench.env(both)).isEqualTo(given("A", "ONE", "B", "two", "C", "three"));
        assertThat(bench.missed(first, 1)).isEqualTo(new Missed(2, keys("A")));
        assertThat(bench.missed(both, 1)).isEqualTo(new Missed(2, keys("A")));
        assertThat(bench.missed(other, 1)).isEqualTo(new Missed(1, List.of()));
    }

    @Test
    void whatWasMissedIsMergedFromTheRevisionThatIsKnown() {
        bench.create("bot", "A", "1", "B", "1", "C", "1");
        StartedSession started = bench.start("bot");

        bench.replace("bot", "A", "2", "B", "1", "C", "1");
        bench.replace("bot", "A", "2", "B", "1", "D", "1");
        bench.replace("bot", "A", "3", "B", "1", "D", "1");
        bench.replace("bot", "B", "1", "C", "2", "D", "1");

        assertThat(bench.env(started)).isEqualTo(given("B", "1", "C", "2", "D", "1"));
        assertThat(bench.missed(started, 0)).isEqualTo(new Missed(5, keys("A", "B", "C", "D")));
        assertThat(bench.missed(started, 1)).isEqualTo(new Missed(5, keys("A", "C", "D")));
        assertThat(bench.missed(started, 2)).isEqualTo(new Missed(5, keys("A", "C", "D")));
        assertThat(bench.missed(started, 3)).isEqualTo(new Missed(5, keys("A", "C")));
        assertThat(bench.missed(started, 5)).isEqualTo(new Missed(5, List.of()));
        assertThat(bench.missed(started, 99)).isEqualTo(new Missed(5, List.of()));
        assertThat(test.vault().sessions().get(OWNER, started.session().id()).keyNames())
                .isEqualTo(keys("B", "C", "D"));
    }

    @Test
    void theSameValuesOnceMoreAreNoRevision() {
        bench.create("bot", "A", "one");
        StartedSession started = bench.start("bot");
        List<String> before = test.rows("SELECT revision FROM announcement_head");

        bench.replace("bot", "A", "one");

        assertThat(bench.environment(started).revision()).isEqualTo(1);
        assertThat(test.rows("SELECT revision FROM announcement_head")).isEqualTo(before);
    }

    @Test
    void aHundredReplacementsAreAHundredRevisionsOfEach() {
        bench.create("bot", "A", "0");
        List<StartedSession> sessions =
                IntStream.range(0, 20).mapToObj(i -> bench.start("bot")).toList();

        for (int i = 1; i <= 100; i++) {
            bench.replace("bot", "A", Integer.toString(i));
        }

        for (StartedSession session : sessions) {
            assertThat(bench.env(session)).isEqualTo(given("A", "100"));
            assertThat(bench.missed(session, 1)).isEqualTo(new Missed(101, keys("A")));
        }
        assertThat(test.vault().audit().verify(TestVault.ACME).clean()).isTrue();
    }

    @Test
    void aBundleThatComesToHaveAnothersKeyIsNotRefusedAndTheFirstInTheSessionsOrderGivesIt() {
        bench.create("bot", "A", "bot a");
        bench.create("able", "B", "able b");
        StartedSession botFirst = bench.start("bot", "able");
        StartedSession ableFirst = bench.start("able", "bot");

        bench.replace("able", "A", "able a", "B", "able b");

        assertThat(bench.env(botFirst)).isEqualTo(given("A", "bot a", "B", "able b"));
        assertThat(bench.missed(botFirst, 1)).isEqualTo(new Missed(1, List.of()));
        assertThat(bench.env(ableFirst)).isEqualTo(given("A", "able a", "B", "able b"));
        assertThat(bench.missed(ableFirst, 1)).isEqualTo(new Missed(2, keys("A")));

        bench.replace("bot", "A", "bot a new");
        assertThat(bench.env(botFirst)).containsEntry(keys("A").get(0), SecretValue.of("bot a new"));
        assertThat(bench.env(ableFirst)).containsEntry(keys("A").get(0), SecretValue.of("able a"));
    }

    @Test
    void aKeyThatOneBundleLosesIsTheNextOnesThatHasIt() {
        bench.create("bot", "A", "bot a");
        bench.create("able", "B", "able b");
        StartedSession started = bench.start("bot", "able");
        bench.replace("able", "A", "able a", "B", "able b");

        bench.replace("bot", "Z", "bot z");

        assertThat(bench.env(started)).isEqualTo(given("A", "able a", "B", "able b", "Z", "bot z"));
        assertThat(bench.missed(started, 1)).isEqualTo(new Missed(2, keys("A", "Z")));
        bench.replace("able", "B", "able b");
        assertThat(bench.env(started)).isEqualTo(given("B", "able b", "Z", "bot z"));
    }

    @Test
    void aSingleSecretGoesBeforeABundleThatComesToHaveItsKey() {
        bench.create("bot", "B", "b");
        test.create("token", "mine");
        StartedSession started = bench.start(with(null, Map.of("A", "token"), "bot"));

        bench.replace("bot", "A", "theirs", "B", "b");
        assertThat(bench.env(started)).isEqualTo(given("A", "mine", "B", "b"));
        bench.replace("bot", "B", "b");
        assertThat(bench.env(started)).isEqualTo(given("A", "mine", "B", "b"));
        assertThat(bench.missed(started, 1)).isEqualTo(new Missed(1, List.of()));
    }

    @Test
    void aDeletedBundleLeavesSessionsAsTheyAreAndOneOfItsNameIsAnother() {
        bench.create("bot", "A", "one");
        StartedSession started = bench.start("bot");

        bench.delete("bot");
        assertThat(bench.env(started)).isEqualTo(given("A", "one"));
        bench.create("bot", "A", "two");
        bench.replace("bot", "A", "three");

        assertThat(bench.env(started)).isEqualTo(given("A", "one"));
        assertThat(bench.missed(started, 1)).isEqualTo(new Missed(1, List.of()));
    }

    @Test
    void whatADeletedBundleGaveStaysThoughAnotherComesToHaveItsKey() {
        bench.create("bot", "A", "bot a");
        bench.create("able", "B", "b");
        StartedSession started = bench.start("bot", "able");
        bench.delete("bot");

        bench.replace("able", "A", "able a", "B", "b");
        assertThat(bench.env(started)).isEqualTo(given("A", "bot a", "B", "b"));
        bench.replace("able", "B", "b");
        assertThat(bench.env(started)).isEqualTo(given("A", "bot a", "B", "b"));
    }

    @Test
    void aSecretsNewValueReachesThemHoweverItComes() {
        test.create("token", "first");
        test.create("other", "same");
        StartedSession started = bench.start(with(null, Map.of("A", "token", "B", "token", "C", "other")));

        update("second");
        assertThat(bench.env(started)).isEqualTo(given("A", "second", "B", "second", "C", "same"));
        test.vault().secretHistory().rollback(OWNER, TOKEN, 1);
        assertThat(bench.env(started)).isEqualTo(given("A", "first", "B", "first", "C", "same"));
        enter("third");
        assertThat(bench.env(started)).isEqualTo(given("A", "third", "B", "third", "C", "same"));
        assertThat(bench.missed(started, 1)).isEqualTo(new Missed(4, keys("A", "B")));
    }

    @Test
    void aSecretsSameValueOrOtherDescriptionIsNoRevision() {
        test.create("token", "first");
        StartedSession started = bench.start(with(null, Map.of("A", "token")));

        update("first");
        test.vault().secretHistory().delete(OWNER, TOKEN);
        test.vault().secretHistory().restore(OWNER, TOKEN);

        assertThat(bench.environment(started).revision()).isEqualTo(1);
    }

    @Test
    void aDeletedSecretLeavesSessionsAsTheyAre() {
        test.create("token", "first");
        StartedSession started = bench.start(with(null, Map.of("A", "token")));

        test.vault().secretHistory().delete(OWNER, TOKEN);
        test.create("token", "another");
        update("and another");

        assertThat(bench.env(started)).isEqualTo(given("A", "first"));
    }

    @Test
    void anotherTenantsBundleOfTheNameConcernsNobodyHere() {
        bench.create("bot", "A", "one");
        bench.create(STRANGER, "bot", "A", "theirs");
        StartedSession started = bench.start("bot");

        test.vault().bundles().replace(STRANGER, new BundleName("bot"), values("A", "their new"));

        assertThat(bench.env(started)).isEqualTo(given("A", "one"));
        assertThat(bench.missed(started, 1)).isEqualTo(new Missed(1, List.of()));
    }

    @Test
    void aReplacementWhoseSessionsCannotBeWrittenIsNone() throws SQLException {
        bench.create("bot", "A", "one");
        StartedSession started = bench.start("bot");
        test.execute("ALTER TABLE announcements RENAME TO away");

        assertThat(TestVault.refusal(() -> bench.replace("bot", "A", "two")).text())
                .isNotEmpty();

        test.execute("ALTER TABLE away RENAME TO announcements");
        assertThat(bench.env(started)).isEqualTo(given("A", "one"));
        assertThat(bench.env(bench.start("bot"))).isEqualTo(given("A", "one"));
        assertThat(test.vault().audit().verify(TestVault.ACME).clean()).isTrue();
    }

    private void update(String value) {
        test.vault().secrets().update(OWNER, TOKEN, new SecretChange(SecretValue.of(value), null, null));
    }

    private void enter(String value) {
        String secret = test.vault()
                .entryTickets()
                .open(OWNER, EntryPage.LOCAL, EntryRequest.update(TOKEN))
                .secret();
        test.vault().entryTickets().use(OWNER, EntryPage.LOCAL, secret, SecretValue.of(value), null);
    }
}
