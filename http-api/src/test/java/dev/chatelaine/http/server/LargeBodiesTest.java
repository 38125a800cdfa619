package dev.chatelaine.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class LargeBodiesTest {
    private static final long USUAL = HttpLimits.LONGEST_BODY;

    private final LargeBodies large = new LargeBodies(100);

    private LargeBodies.Room admitted(long length) {
        return Objects.requireNonNull(large.admit(length), "there is room");
    }

    @Test
    void usualOnesTakeNothing() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(admitted(USUAL).hold(USUAL)).isTrue();
        }
        assertThat(large.admit(USUAL + 100)).isNotNull();
    }

    @Test
    void whatHasComeTakesRoomAndNotWhatIsAnnounced() {
        LargeBodies.Room one = admitted(USUAL + 100);
        LargeBodies.Room other = admitted(USUAL + 100);
        assertThat(one.hold(USUAL + 60)).isTrue();
        assertThat(one.hold(USUAL + 70)).isTrue();
        assertThat(other.hold(USUAL + 30)).isTrue();
        assertThat(other.hold(USUAL + 31)).isFalse();
    }

    @Test
    void oneThatIsLongerThanWhatIsLeftIsNotBegun() {
        admitted(-1).hold(USUAL + 60);
        assertThat(large.admit(USUAL + 41)).isNull();
        assertThat(large.admit(USUAL + 40)).isNotNull();
    }

    @Test
    void whatIsNotNeededAnyMoreIsThereForOthersAndOnlyOnce() {
        LargeBodies.Room one = admitted(-1);
        one.hold(USUAL + 100);
        assertThat(admitted(-1).hold(USUAL + 1)).isFalse();
        one.leave();
        one.leave();
        assertThat(one.hold(USUAL + 100)).as("nobody needs it").isTrue();
        LargeBodies.Room next = admitted(USUAL + 100);
        assertThat(next.hold(USUAL + 100)).isTrue();
        assertThat(admitted(-1).hold(USUAL + 1)).isFalse();
    }
}
