package dev.chatelaine.vault.announcement;

import static dev.chatelaine.vault.TestVault.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.TestSessions;
import dev.chatelaine.vault.TestVault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AnnouncementsTest {
    @RegisterExtension
    final TestVault test = new TestVault();

    private final TestSessions bench = new TestSessions(test);

    @Test
    void aChangeThatConcernsNoRunningSessionIsNotAnnounced() {
        String id = bench.create("bot", "A", "one").id();
        bench.replace("bot", "A", "two");
        bench.start();
        test.vault()
                .sessions()
                .stop(TestVault.OWNER, bench.start("bot").session().id());
        bench.replace("bot", "A", "three");

        assertThat(test.rows("SELECT source_id FROM announcements WHERE source_id = '" + id + "'"))
                .isEmpty();
    }

    @Test
    void oneThatConcernsManyIsAnnouncedOnceInTheNextNumber() {
        String id = bench.create("bot", "A", "one").id();
        bench.start("bot");
        bench.start("bot");

        bench.replace("bot", "A", "two");
        bench.replace("bot", "A", "three");

        assertThat(test.rows("SELECT revision || ' ' || tenant || ' ' || source_id FROM announcements"
                        + " ORDER BY revision"))
                .containsExactly("1 " + ACME + " " + id, "2 " + ACME + " " + id);
        assertThat(test.rows("SELECT revision FROM announcement_head")).containsExactly("2");
    }

    @Test
    void theyAreKeptForTenMinutesAndTheCounterGoesOn() {
        bench.create("bot", "A", "0");
        bench.start("bot");
        bench.replace("bot", "A", "1");
        test.clock.advance(Announcements.KEPT);
        bench.replace("bot", "A", "2");
        assertThat(test.rows("SELECT revision FROM announcements ORDER BY revision"))
                .containsExactly("1", "2");

        test.clock.advance(Duration.ofMillis(1));
        bench.replace("bot", "A", "3");

        assertThat(test.rows("SELECT revision FROM announcements ORDER BY revision"))
                .containsExactly("2", "3");
        assertThat(test.rows("SELECT revision FROM announcement_head")).containsExactly("3");
    }
}
