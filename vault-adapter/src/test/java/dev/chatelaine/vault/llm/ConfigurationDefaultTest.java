package dev.chatelaine.vault.llm;

import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.llm.InEffect.Reason;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConfigurationDefaultTest {
    @RegisterExtension
    final TestVault test = new TestVault();

    @Test
    void withoutAnyNoneIsInEffect() {
        assertThat(inEffect()).isNull();
    }

    @Test
    void withoutADefaultTheOneMadeLastIsInEffect() {
        test.configure("zebra");
        test.configure("ape");
        assertThat(inEffect()).isEqualTo(effect("ape", Reason.MOST_RECENT));

        rename("zebra", "ant");
        assertThat(inEffect()).isEqualTo(effect("ape", Reason.MOST_RECENT));
        delete("ape");
        assertThat(inEffect()).isEqualTo(effect("ant", Reason.MOST_RECENT));
        test.configure("bee");
        assertThat(inEffect()).isEqualTo(effect("bee", Reason.MOST_RECENT));
        delete("bee");
        delete("ant");
        assertThat(inEffect()).isNull();
    }

    @Test
    void theDefaultIsInEffectHoweverOld() {
        test.configure("old");
        test.configure("new");

        setDefault("old");

        assertThat(inEffect()).isEqualTo(effect("old", Reason.EXPLICIT));
        rename("old", "renamed");
        assertThat(inEffect()).isEqualTo(effect("renamed", Reason.EXPLICIT));
        delete("renamed");
        assertThat(inEffect()).isEqualTo(effect("new", Reason.MOST_RECENT));
    }

    @Test
    void aNewDefaultTakesItFromTheFormer() {
        test.configure("one");
        test.configure("two");
        setDefault("one");
        assertThat(defaults()).containsExactly("one");

        setDefault("two");
        assertThat(defaults()).containsExactly("two");
        makeDefault("three");
        assertThat(defaults()).containsExactly("three");
        setDefault("three");
        assertThat(defaults()).containsExactly("three");
    }

    @Test
    void anotherTenantsDefaultIsLeftAlone() {
        makeDefault("ours");
        NewConfiguration theirs = new NewConfiguration(
                new ConfigurationName("theirs"), "openai", new ModelName("m"), null, List.of(), true);

        test.vault().llmConfigurations().create(STRANGER, theirs);

        assertThat(defaults()).containsExactly("ours", "theirs");
    }

    @Test
    void theDatabaseItselfRefusesASecondDefault() {
        test.configure("one");
        test.configure("two");
        setDefault("one");

        assertThatCode(() -> test.execute("UPDATE llm_configurations SET is_default = 1 WHERE name = 'two'"))
                .message()
                .containsIgnoringCase("unique");
    }

    @Test
    void ofManyThatBecomeTheDefaultAtOnceOneStays() throws Exception {
        List<Callable<LlmConfiguration>> work = IntStream.range(0, 16)
                .mapToObj(i -> "c" + i)
                .peek(test::configure)
                .map(name -> (Callable<LlmConfiguration>) () -> setDefault(name))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            for (var end : threads.invokeAll(work)) {
                assertThat(end.get().isDefault()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(defaults()).hasSize(1);
    }

    private void makeDefault(String name) {
        test.vault()
                .llmConfigurations()
                .create(
                        OWNER,
                        new NewConfiguration(
                                new ConfigurationName(name), "openai", new ModelName("m"), null, List.of(), true));
    }

    private LlmConfiguration setDefault(String name) {
        return test.vault().llmConfigurations().setDefault(OWNER, new ConfigurationName(name));
    }

    private void rename(String from, String to) {
        test.vault()
                .llmConfigurations()
                .update(
                        OWNER,
                        new ConfigurationName(from),
                        new ConfigurationChange(new ConfigurationName(to), null, null, null, null));
    }

    private void delete(String name) {
        test.vault().llmConfigurations().delete(OWNER, new ConfigurationName(name));
    }

    private static InEffect effect(String name, Reason reason) {
        return new InEffect(new ConfigurationName(name), reason);
    }

    private @Nullable InEffect inEffect() {
        return test.vault().llmConfigurations().list(OWNER).inEffect();
    }

    private List<String> defaults() {
        return test.rows("SELECT name FROM llm_configurations WHERE is_default = 1 ORDER BY name");
    }
}
