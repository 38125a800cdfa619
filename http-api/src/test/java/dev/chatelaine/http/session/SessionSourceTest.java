package dev.chatelaine.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.server.SocketSource.Close;
import dev.chatelaine.http.server.SocketSource.Outgoing;
import dev.chatelaine.http.server.SocketSource.Text;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.session.Missed;
import dev.chatelaine.vault.session.RuntimeAccess;
import dev.chatelaine.vault.session.SessionNews;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionSourceTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:30:00Z");
    private static final String HELLO = "{\"type\":\"system\",\"event\":\"hello\",\"revision\":";
    private static final String STOPPED = "{\"type\":\"system\",\"event\":\"session_stopped\"}";

    private final List<SessionSource> ended = new ArrayList<>();
    private final SessionSource source = source(NOW.plusSeconds(60));

    private SessionSource source(Instant expiresAt) {
        return new SessionSource(
                new RuntimeAccess(new TenantId("acme"), "ses_1", 3, expiresAt),
                Clock.fixed(NOW, ZoneOffset.UTC),
                ended::add);
    }

    @Test
    void saysNothingBeforeItKnowsWhatWasMissed() {
        source.tell(news(4, "A"));
        assertThat(source.next()).isNull();

        source.begin(missed(4));
        assertThat(all()).containsExactly(HELLO + "4}");
    }

    @Test
    void whatWasMissedComesAfterTheGreeting() {
        source.begin(missed(7, "B", "A"));
        assertThat(all()).containsExactly(HELLO + "7}", update(7, "A", "B"));
        assertThat(source.revision()).isEqualTo(7);
    }

    @Test
    void newsThatCameWhileTheMissedWasReadAreKeptWhereTheyAreNewer() {
        source.tell(news(5, "A"));
        source.tell(news(6, "B"));
        source.begin(missed(5, "A"));
        assertThat(all()).containsExactly(HELLO + "5}", update(6, "A", "B"));
    }

    @Test
    void changesThatComeFasterThanTheyLeaveAreOne() {
        source.begin(missed(4));
        assertThat(all()).containsExactly(HELLO + "4}");
        source.tell(news(5, "C"));
        source.tell(news(6, "A"));
        source.tell(news(7, "C"));
        assertThat(all()).containsExactly(update(7, "A", "C"));
        assertThat(all()).isEmpty();
    }

    @Test
    void oldNewsAreNone() {
        source.begin(missed(4));
        source.tell(news(4, "A"));
        source.tell(news(3, "A"));
        assertThat(all()).containsExactly(HELLO + "4}");
    }

    @Test
    void whatIsStoppedIsNotUpdatedAnyMoreAndSaysGoodbye() {
        source.begin(missed(4, "A"));
        source.tell(news(5, "B"));
        source.tell(stopped(5));
        source.tell(news(6, "C"));
        assertThat(all()).containsExactly(HELLO + "4}", STOPPED, "close 1000");
        source.tell(stopped(6));
        assertThat(all()).isEmpty();
    }

    @Test
    void thatTheSessionWasStoppedBeforeItsTokenWasMadeIsNoNews() {
        source.tell(stopped(2));
        source.begin(missed(3));
        assertThat(all()).containsExactly(HELLO + "3}");
        source.tell(stopped(3));
        assertThat(all()).containsExactly(STOPPED, "close 1000");
    }

    @Test
    void anExpiredTokenEndsItAtTheNextPulse() {
        source.begin(missed(3));
        source.pulse();
        assertThat(all()).containsExactly(HELLO + "3}");

        SessionSource expired = source(NOW);
        expired.begin(missed(3));
        expired.pulse();
        assertThat(all(expired)).containsExactly(HELLO + "3}", STOPPED, "close 1000");
    }

    @Test
    void whoGivesWaySaysNothingElse() {
        source.begin(missed(3, "A"));
        source.giveWay();
        assertThat(all()).containsExactly("close 1008");
    }

    @Test
    void newsWakeTheSocketAndItsEndIsTold() {
        List<String> woken = new ArrayList<>();
        source.begin(missed(3));
        source.opened(() -> woken.add("woken"));
        source.tell(news(4, "A"));
        source.tell(stopped(4));
        assertThat(woken).hasSize(3);
        source.closed();
        assertThat(ended).containsExactly(source);
    }

    private List<String> all() {
        return all(source);
    }

    private static List<String> all(SessionSource source) {
        List<String> all = new ArrayList<>();
        for (Outgoing next = source.next(); next != null; next = source.next()) {
            all.add(next instanceof Text text ? text.text() : "close " + ((Close) next).code());
        }
        return all;
    }

    private static String update(long revision, String... keys) {
        return "{\"type\":\"system\",\"event\":\"config_update\",\"keys\":[\"" + String.join("\",\"", keys)
                + "\"],\"revision\":" + revision + "}";
    }

    private static Missed missed(long revision, String... keys) {
        return new Missed(revision, keys(keys));
    }

    private static SessionNews news(long revision, String... keys) {
        return new SessionNews("ses_1", revision, keys(keys), false);
    }

    private static SessionNews stopped(long revision) {
        return new SessionNews("ses_1", revision, List.of(), true);
    }

    private static List<KeyName> keys(String... keys) {
        return Stream.of(keys).map(KeyName::new).toList();
    }
}
