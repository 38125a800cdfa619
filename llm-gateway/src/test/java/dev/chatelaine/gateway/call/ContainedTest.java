package dev.chatelaine.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class ContainedTest {

    @Test
    void whatGoesWellAndWhatFailsAsUsualIsAsItWas() {
        IllegalArgumentException usual = new IllegalArgumentException("usual");

        assertThat(Contained.of(() -> 7)).isEqualTo(7);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Contained.of(() -> {
                    throw usual;
                }))
                .isSameAs(usual);
    }

    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, StackOverflowError.class, NoClassDefFoundError.class})
    void whoWaitsOnAnotherThreadIsToldOfWhatReactorLetsPass(Class<? extends Error> fatal) {
        Supplier<String> work = () -> {
            throw error(fatal);
        };

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Mono.fromCallable(() -> Contained.of(work))
                        .subscribeOn(Schedulers.boundedElastic())
                        .block())
                .withCauseInstanceOf(fatal);
    }

    private static Error error(Class<? extends Error> kind) {
        try {
            return kind.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("an error that cannot be made", e);
        }
    }
}
