package dev.chatelaine.vault.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.access.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static final TenantId ACME = new TenantId("acme");

    private static Meter meter(@Nullable Long cap) {
        return Meter.fresh(ACME, "gwk_a", cap);
    }

    @Test
    void itAdmitsExactlyWhatThereIsRoomFor() {
        Meter meter = meter(100L).reserve(60, 1);
        assertThat(meter.admits(40)).isTrue();
        assertThat(meter.admits(41)).isFalse();
        assertThat(meter.admits(Long.MAX_VALUE)).isFalse();
        assertThat(meter.settle(60, 10).admits(90)).isTrue();
        assertThat(meter.settle(60, 10).admits(91)).isFalse();
        assertThat(meter.release(60).admits(100)).isTrue();
        assertThat(meter(0L).admits(0)).isTrue();
        assertThat(meter(0L).admits(1)).isFalse();
        assertThat(meter.close().admits(0)).isFalse();
    }

    @Test
    void whatIsUsedIsNeverAboveTheCapAndTheRestStandsInTheWay() {
        Meter over = meter(100L).reserve(60, 1).settle(60, 150);
        assertThat(over.used()).isEqualTo(100);
        assertThat(over.overrun()).isEqualTo(50);
        assertThat(over.admits(1)).isFalse();

        Meter raised = over.capped(140L);
        assertThat(raised.used()).isEqualTo(140);
        assertThat(raised.overrun()).isEqualTo(10);
        assertThat(raised.admits(1)).isFalse();
        assertThat(raised.capped(151L).admits(1)).isTrue();
        assertThat(raised.capped(151L).admits(2)).isFalse();
        assertThat(raised.capped(null).used()).isEqualTo(150);
    }

    @Test
    void aCapThatIsLoweredLeavesWhatWasReservedItsRoom() {
        Meter lowered = meter(100L).reserve(60, 1).capped(10L);
        assertThat(lowered.admits(0)).isFalse();
        assertThat(lowered.settle(60, 60).used()).isEqualTo(60);
        assertThat(lowered.settle(60, 60).overrun()).isZero();
        assertThat(lowered.settle(60, 61).overrun()).isEqualTo(1);
        assertThat(lowered.settle(60, 5).admits(5)).isTrue();
    }

    @Test
    void withoutACapNothingOverflows() {
        Meter meter = meter(null);
        for (int i = 0; i < 2_000_000; i++) {
            if (!meter.admits(Ledger.MOST)) {
                break;
            }
            meter = meter.reserve(Ledger.MOST, i).settle(Ledger.MOST, Ledger.MOST);
        }
        assertThat(meter.used()).isEqualTo(Meter.BOTTOMLESS);
        assertThat(meter.admits(1)).isFalse();
        Meter beyond = meter.settle(0, Long.MAX_VALUE);
        assertThat(beyond.used()).isEqualTo(Meter.BOTTOMLESS);
        assertThat(beyond.overrun()).isEqualTo(Meter.BOTTOMLESS);
        assertThat(beyond.admits(0)).isFalse();
        assertThat(beyond.capped(0L).settle(0, Long.MAX_VALUE).overrun()).isEqualTo(Meter.BOTTOMLESS);
    }

    /** Any order of events: used and overrun are what was settled, reserved is what is open, the bound holds. */
    @Test
    void itAddsUpWhateverHappens() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Meter meter = meter(seed % 5 == 0 ? null : Long.valueOf(random.nextInt(2_000)));
            List<Long> open = new ArrayList<>();
            long settled = 0;
            for (int step = 0; step < 200; step++) {
                long amount = random.nextInt(200);
                int what = random.nextInt(10);
                if (what < 5) {
                    if (meter.admits(amount)) {
                        long bound = meter.bound();
                        meter = meter.reserve(amount, step);
                        assertThat(meter.bound()).isEqualTo(bound);
                        open.add(amount);
                    }
                } else if (what < 9 && !open.isEmpty()) {
                    long held = open.remove(random.nextInt(open.size()));
                    long actual = what == 8 ? amount + held : Math.min(amount, held);
                    meter = what == 7 ? meter.settle(held, held).unsettle(held) : meter;
                    meter = meter.settle(held, actual);
                    settled += actual;
                } else if (what == 9 && step % 7 == 0) {
                    meter = meter.capped(Long.valueOf(random.nextInt(5_000)));
                }
                long reserved = open.stream().mapToLong(one -> one).sum();
                assertThat(meter.reserved()).isEqualTo(reserved);
                assertThat(meter.used() + meter.overrun()).isEqualTo(settled);
                assertThat(meter.used() + meter.reserved()).isLessThanOrEqualTo(meter.bound());
                assertThat(meter.bound()).isGreaterThanOrEqualTo(meter.cap() == null ? 0 : meter.cap());
            }
        }
    }
}
