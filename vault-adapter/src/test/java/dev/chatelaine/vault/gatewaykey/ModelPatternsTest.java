package dev.chatelaine.vault.gatewaykey;

import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.provider.Catalog;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPatternsTest {
    private static final Catalog CATALOG = Catalog.builtIn();

    private static ModelPatterns of(String... globs) {
        return ModelPatterns.of(List.of(globs), CATALOG);
    }

    @ParameterizedTest
    @CsvSource({
        "openai/gpt-4.1-mini, openai/gpt-4.1-mini",
        "openai/*, openai/gpt-4.1-mini",
        "openai/gpt-4*, openai/gpt-4.1-mini",
        "openai/gpt-4.1*, openai/gpt-4.1",
        "*, together/meta-llama/Llama-3.3-70B",
        "together/*, together/meta-llama/Llama-3.3-70B",
        "together/*/Llama-*, together/meta-llama/Llama-3.3-70B",
        "*/gpt-4.1, openai/gpt-4.1",
        "*mini, openai/gpt-4.1-mini",
        "**, openai/o3",
        "openai/o?, openai/o3",
        "openai/*-mini*, openai/gpt-mini-mini-x",
        "openai/a*b*c, openai/abcbc",
        "gemini/*, google/gemini-2.5-pro",
        "GEMINI/*, google/gemini-2.5-pro",
        "XAI/grok-4, grok/grok-4"
    })
    void theseFit(String glob, String model) {
        assertThat(of(glob).allow(model)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "openai/gpt-4.1, openai/gpt-4.1-mini",
        "openai/gpt-4.1, openai/gpt-401",
        "openai/gpt-4.1, openai/GPT-4.1",
        "openai/*, openai-evil/gpt-4.1",
        "openai/*, anthropic/openai/gpt-4.1",
        "openai/gpt-4.1*, openai/gpt-4",
        "openai/o?, openai/o",
        "openai/o?, openai/o3x",
        "openai/*-mini, openai/gpt-4.1-minimal",
        "openai/a*b*c, openai/abcb",
        "openai/[a-z]*, openai/gpt",
        "openai/{a,b}, openai/a",
        "openai/(gpt|o3), openai/gpt",
        "openai/., openai/x",
        "openai/\\*, openai/x",
        "openai/^gpt$, openai/gpt"
    })
    void theseDoNot(String glob, String model) {
        assertThat(of(glob).allow(model)).isFalse();
    }

    @Test
    void oneOfSeveralIsEnough() {
        ModelPatterns patterns = of("openai/o3", "anthropic/*");
        assertThat(patterns.allow("openai/o3")).isTrue();
        assertThat(patterns.allow("anthropic/claude-opus-4")).isTrue();
        assertThat(patterns.allow("openai/o4")).isFalse();
        assertThat(of("google/x", "gemini/x").globs()).containsExactly("google/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "openai/", "/gpt", "gpt-4.1", "openai", "openai/a b", "openai/\n", "openai/ü"})
    void whatNoModelCanFitIsRefused(String glob) {
        VaultException refused = refusal(() -> of(glob));
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_FIELD);
        assertThat(refused.field()).isEqualTo("allowed_models");
    }

    @Test
    void anUnknownProviderATooLongPatternAKeyAndWrongNumbersAreRefused() {
        assertThat(refusal(() -> of("opnai/*")).code()).isEqualTo(ErrorCode.PROVIDER_UNKNOWN);
        assertThat(refusal(() -> of("opnai/*")).field()).isEqualTo("allowed_models");
        assertThat(refusal(() -> of("openai/" + "x".repeat(250))).code()).isEqualTo(ErrorCode.INVALID_FIELD);
        assertThat(refusal(() -> of("openai/sk-proj-" + "a1".repeat(20))).code())
                .isEqualTo(ErrorCode.VALUE_IN_WRONG_FIELD);
        assertThat(refusal(() -> of()).code()).isEqualTo(ErrorCode.INVALID_FIELD);
        assertThat(refusal(() -> ModelPatterns.of(Collections.nCopies(51, "*"), CATALOG))
                        .code())
                .isEqualTo(ErrorCode.INVALID_FIELD);
        assertThatCode(() -> of("openai/" + "x".repeat(249))).doesNotThrowAnyException();
    }

    @Test
    @Timeout(10)
    void noPatternTakesLongHoweverManyStarsItHas() {
        ModelPatterns stars = of("openai/" + "*a".repeat(120) + "*b");
        String model = "openai/" + "a".repeat(100_000);
        long start = System.nanoTime();
        assertThat(stars.allow(model)).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
}
