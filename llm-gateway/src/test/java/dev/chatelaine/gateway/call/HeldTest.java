package dev.chatelaine.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.resolution.Candidate;
import dev.chatelaine.gateway.resolution.Credential;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.Provider;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HeldTest {
    private static final Provider OLLAMA = Catalog.builtIn().provider("ollama");
    private static final Credential CREDENTIAL = new Credential(
            Credential.Source.NONE, new Candidate(OLLAMA, "m", Objects.requireNonNull(OLLAMA.baseUrl()), null, null));

    private final Held held = new Held();

    @Test
    void aReservationOfARequestThatGoesOnIsItsOwn() {
        assertThat(held.reserved(CREDENTIAL)).isTrue();
        assertThat(held.credential()).isSameAs(CREDENTIAL);
        assertThat(held.end()).isTrue();
        assertThat(held.end()).isFalse();
    }

    @Test
    void aFirstReservationThatComesAfterTheEndIsNobodys() {
        assertThat(held.end()).isTrue();
        assertThat(held.reserved(CREDENTIAL)).isFalse();
    }

    @Test
    void oneThatTakesThePlaceOfWhatWasHeldInTheEndIsThatEnds() {
        held.reserved(CREDENTIAL);
        held.end();
        assertThat(held.reserved(CREDENTIAL)).isTrue();
    }
}
