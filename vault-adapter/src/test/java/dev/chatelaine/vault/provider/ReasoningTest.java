package dev.chatelaine.vault.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chatelaine.vault.provider.Reasoning.Asked;
import dev.chatelaine.vault.provider.Reasoning.Effort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasoningTest {
    private static final ProviderId ANTHROPIC = new ProviderId("anthropic");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | told its effort, or asked to think",
                "{ effort: [] } | is given none",
                "{ effort: [low, low] } | given twice",
                "{ effort: [much] } | expected one of: minimal, low, medium",
                "{ asked: kindly } | expected one of: adaptive, budget",
                "{ asked: budget, without: disabled } | does without unless it is",
                "{ thinks: true } | unknown field 'thinks'"
            })
    void aMistakeNamesItsFault(String yaml, String fault) throws IOException {
        Path file = file("models:\n  openai/m: { tier: premium, reasoning: " + yaml + " }\n");

        assertThatExceptionOfType(InvalidCatalogException.class)
                .isThrownBy(() -> Catalog.load(file))
                .withMessageStartingWith(file + ", line 2: ")
                .withMessageContaining(fault);
    }

    @Test
    void aFileReplacesAllOfItOrNothing() throws IOException {
        Catalog catalog = Catalog.load(file("""
                models:
                  anthropic/claude-opus-4-8: { reasoning: { effort: [max, low] } }
                  anthropic/claude-haiku-5-5: { max_output: 1000 }
                """));

        assertThat(catalog.model(ANTHROPIC, "claude-opus-4-8").orElseThrow().reasoning())
                .isEqualTo(new Reasoning(EnumSet.of(Effort.LOW, Effort.MAX), null, null));
        assertThat(catalog.model(ANTHROPIC, "claude-haiku-5-5").orElseThrow().reasoning())
                .isEqualTo(new Reasoning(EnumSet.range(Effort.LOW, Effort.MAX), null, "disabled"));
    }

    @Test
    void ofEachModelOfAnthropicsItIsKnown() {
        assertThat(Catalog.builtIn().models())
                .filteredOn(model -> model.provider().equals(ANTHROPIC))
                .hasSizeGreaterThan(10)
                .allSatisfy(model -> assertThat(model.reasoning()).isNotNull());
    }

    @Test
    void theNearestEffortIsTheNextBelowOrTheWeakest() {
        Reasoning reasoning = new Reasoning(EnumSet.of(Effort.LOW, Effort.HIGH), null, null);

        assertThat(reasoning.nearest(Effort.MINIMAL)).isEqualTo(Effort.LOW);
        assertThat(reasoning.nearest(Effort.MEDIUM)).isEqualTo(Effort.LOW);
        assertThat(reasoning.nearest(Effort.HIGH)).isEqualTo(Effort.HIGH);
        assertThat(reasoning.nearest(Effort.MAX)).isEqualTo(Effort.HIGH);
        assertThat(new Reasoning(Set.of(), Asked.BUDGET, null).nearest(Effort.HIGH))
                .isNull();
    }

    @Test
    void aModelIsToldSomething() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Reasoning(Set.of(), null, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reasoning(Set.of(), Asked.BUDGET, "disabled"));
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("catalog.yaml"), yaml);
    }
}
