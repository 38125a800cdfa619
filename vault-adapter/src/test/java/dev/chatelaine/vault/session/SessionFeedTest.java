package dev.chatelaine.vault.session;

import static dev.chatelaine.vault.TestSessions.keys;
import static dev.chatelaine.vault.TestSessions.values;
import static dev.chatelaine.vault.TestVault.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.TestSessions;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.bundle.BundleName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionFeedTest {
    private static final BundleName BOT = new BundleName("bot");

    @RegisterExtension
    final TestVault test = new TestVault();

    private final TestSessions bench = new TestSessions(test);
    private final Sockets sockets = new Sockets();
    private final List<AutoCloseable> open = new ArrayList<>();

    /** What a node does that has a socket for each of some sessions. */
    private static final class Sockets implements FollowedSessions {
        final Map<String, Long> known = new ConcurrentHashMap<>();
        final BlockingQueue<SessionNews> told = new LinkedBlockingQueue<>();
        volatile boolean failing;

        void add(StartedSession started) {
            known.put(started.session().id(), started.session().revision());
        }

        @Override
        public Map<String, Long> openSessions() {
            return known;
        }

        @Override
        public void tell(SessionNews news) {
            if (failing) {
                failing = false;
                throw new IllegalStateException("as a program's mistake");
            }
            known.replace(news.sessionId(), news.revision());
            if (news.stopped()) {
                known.remove(news.sessionId());
            }
            told.add(news);
        }

        SessionNews next() throws InterruptedException {
            SessionNews news = told.poll(30, TimeUnit.SECONDS);
            assertThat(news).as("told within half a minute").isNotNull();
            return java.util.Objects.requireNonNull(news);
        }
    }

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void aChangeInThisProcessIsTold() throws InterruptedException {
        bench.create("bot", "A", "one", "B", "two");
        StartedSession started = bench.start("bot");
        sockets.add(started);
        follow(test.vault());

        bench.replace("bot", "A", "ONE", "C", "three");

        assertThat(sockets.next()).isEqualTo(new SessionNews(started.session().id(), 2, keys("A", "B", "C"), false));
        bench.replace("bot", "A", "ONE", "C", "THREE");
        assertThat(sockets.next()).isEqualTo(new SessionNews(started.session().id(), 3, keys("C"), false));
    }

    @Test
    void aChangeInAnotherProcessIsTold() throws InterruptedException {
        bench.create("bot", "A", "one");
        StartedSession started = bench.start("bot");
        sockets.add(started);
        Vault other = test.another();
        open.add(other);
        follow(other);

        bench.replace("bot", "A", "two");

        assertThat(sockets.next()).isEqualTo(new SessionNews(started.session().id(), 2, keys("A"), false));
    }

    @Test
    void onlySessionsThatAreFollowedAndConcernedAreTold() throws InterruptedException {
        bench.create("bot", "A", "one");
        bench.create("able", "A", "one");
        StartedSession followed = bench.start("bot");
        StartedSession unconcerned = bench.start("able");
        bench.start("bot");
        sockets.add(followed);
        sockets.add(unconcerned);
        follow(test.vault());

        bench.replace("bot", "A", "two");
        assertThat(sockets.next().sessionId()).isEqualTo(followed.session().id());
        bench.replace("able", "A", "two");
        assertThat(sockets.next().sessionId()).isEqualTo(unconcerned.session().id());
        assertThat(sockets.told).isEmpty();
    }

    @Test
    void whoIsFollowedFromAnEarlierRevisionIsToldAllSinceThen() throws InterruptedException {
        bench.create("bot", "A", "one", "B", "one");
        StartedSession started = bench.start("bot");
        bench.replace("bot", "A", "two", "B", "one");
        bench.replace("bot", "A", "two", "B", "two");
        sockets.add(started);

        follow(test.vault());

        assertThat(sockets.next()).isEqualTo(new SessionNews(started.session().id(), 3, keys("A", "B"), false));
    }

    @Test
    void whatIsNoLongerAnnouncedIsFoundAnyhow() throws InterruptedException, SQLException {
        bench.create("bot", "A", "one");
        StartedSession started = bench.start("bot");
        sockets.add(started);
        bench.create("able", "B", "one");
        StartedSession other = bench.start("able");
        sockets.add(other);
        follow(test.vault());
        bench.replace("able", "B", "two");
        assertThat(sockets.next().sessionId()).isEqualTo(other.session().id());

        test.execute("UPDATE session_values SET version = 2 WHERE key_name = 'A'");
        test.execute("UPDATE sessions SET revision = 2 WHERE id = '"
                + started.session().id() + "'");
        test.execute("UPDATE announcement_head SET revision = revision + 3");

        assertThat(sockets.next()).isEqualTo(new SessionNews(started.session().id(), 2, keys("A"), false));
    }

    @Test
    void aStoppedSessionIsToldSo() throws InterruptedException {
        bench.create("bot", "A", "one");
        StartedSession started = bench.start("bot");
        sockets.add(started);
        follow(test.vault());

        test.vault().sessions().stop(OWNER, started.session().id());

        assertThat(sockets.next()).isEqualTo(new SessionNews(started.session().id(), 1, List.of(), true));
    }

    @Test
    void whoWasLetInBeforeTheSessionWasStoppedIsToldSoThoughItRunsAgain() throws InterruptedException {
        bench.create("bot", "A", "one");
        StartedSession started = bench.start("bot");
        sockets.add(started);
        test.vault().sessions().stop(OWNER, started.session().id());
        StartedSession resumed =
                test.vault().sessions().resume(OWNER, started.session().id());

        follow(test.vault());

        assertThat(sockets.next().stopped()).isTrue();
        sockets.add(resumed);
        bench.replace("bot", "A", "two");
        assertThat(sockets.next()).isEqualTo(new SessionNews(started.session().id(), 3, keys("A"), false));
    }

    @Test
    void aSessionThatExpiredIsToldSo() throws InterruptedException {
        StartedSession started = bench.start();
        sockets.add(started);
        follow(test.vault());
        test.clock.advance(Sessions.TOKEN_LIFE);

        test.vault().sessions().expireEverywhere();

        assertThat(sockets.next().stopped()).isTrue();
    }

    @Test
    void theFeedGoesOnWhenTheDatabaseOrAListenerFails() throws InterruptedException, SQLException {
        bench.create("bot", "A", "one");
        StartedSession started = bench.start("bot");
        sockets.add(started);
        follow(test.vault());
        test.execute("ALTER TABLE announcement_head RENAME TO away");
        TestVault.refusal(() -> bench.replace("bot", "A", "two"));
        test.execute("ALTER TABLE away RENAME TO announcement_head");
        sockets.failing = true;

        bench.replace("bot", "A", "three");

        assertThat(sockets.next()).isEqualTo(new SessionNews(started.session().id(), 2, keys("A"), false));
    }

    @Test
    void nothingIsToldOnceItIsClosed() throws Exception {
        bench.create("bot", "A", "one");
        sockets.add(bench.start("bot"));
        SessionFeed feed = test.vault().follow(sockets);

        feed.close();
        feed.close();
        test.vault().bundles().replace(OWNER, BOT, values("A", "two"));

        assertThat(sockets.told.poll(Duration.ofMillis(700).toMillis(), TimeUnit.MILLISECONDS))
                .isNull();
    }

    private void follow(Vault vault) {
        open.add(vault.follow(sockets));
    }
}
