package dev.chatelaine.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class PersistenceTest {
    private final HandTurnedScheduler time = new HandTurnedScheduler();
    private final Persistence persistence = new Persistence(time);
    private final List<Throwable> failures = new ArrayList<>();
    private RuntimeException failure = new VaultException(ErrorCode.VAULT_UNAVAILABLE, "The database is away.");
    private int tries;
    private boolean back;
    private boolean done;

    private void submit() {
        Mono.<Void>fromRunnable(() -> {
                    tries++;
                    if (!back) {
                        throw failure;
                    }
                })
                .retryWhen(persistence.retry())
                .subscribe(nothing -> {}, failures::add, () -> done = true);
    }

    @Test
    void thePausesDouble() {
        submit();
        assertThat(tries).isEqualTo(1);
        for (int pause = 250, expected = 2; pause <= 8_000; pause *= 2, expected++) {
            time.advance(Duration.ofMillis(pause - 1));
            assertThat(tries).isEqualTo(expected - 1);
            time.advance(Duration.ofMillis(1));
            assertThat(tries).isEqualTo(expected);
        }
        back = true;
        time.advance(Persistence.LONGEST_PAUSE);
        assertThat(done).isTrue();
    }

    @Test
    void itGoesOnForLongerThanAnyRequestMayTake() {
        submit();
        time.advance(Duration.ofMinutes(20));
        back = true;
        time.advance(Persistence.LONGEST_PAUSE);
        assertThat(done).isTrue();
    }

    @Test
    void whereThereIsAHurryALongPauseIsLeftAndTheNextIsShort() {
        submit();
        time.advance(Duration.ofMinutes(1));
        int before = tries;

        persistence.hurry();
        time.advance(Persistence.FIRST_PAUSE);
        assertThat(tries).isEqualTo(before + 1);
        time.advance(Persistence.FIRST_PAUSE);
        assertThat(tries).isEqualTo(before + 2);
        back = true;
        time.advance(Persistence.FIRST_PAUSE);
        assertThat(done).isTrue();
    }

    @Test
    void whatFailsOtherwiseIsNotTriedAgain() {
        failure = new VaultException(ErrorCode.CONFLICT, "It is over.");
        submit();
        time.advance(Duration.ofMinutes(1));

        assertThat(tries).isEqualTo(1);
        assertThat(failures).containsExactly(failure);
    }
}
