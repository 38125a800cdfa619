package dev.chatelaine.gateway.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chatelaine.gateway.GatewayError;
import dev.chatelaine.gateway.GatewayException;
import dev.chatelaine.vault.provider.Catalog;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CandidatesTest {
    private final FakeVault vault = new FakeVault();
    private final Candidates candidates = new Candidates(Catalog.builtIn(), vault);

    @ParameterizedTest
    @CsvSource({
        "openai/gpt-4.1-mini, openai/gpt-4.1-mini",
        "openai.gpt-4.1-mini, openai/gpt-4.1-mini",
        "OpenAI/gpt-4.1-mini, openai/gpt-4.1-mini",
        "xai/grok-4.3, grok/grok-4.3",
        "gemini.gemini-2.5-pro, google/gemini-2.5-pro",
        "openai/of-tomorrow, openai/of-tomorrow",
        "together/zai-org/GLM-5.2, together/zai-org/GLM-5.2",
        "fireworks.accounts, fireworks/accounts"
    })
    void aModelIsNamedByItsProvider(String model, String id) {
        assertThat(ids(call(model))).containsExactly(id);
    }

    @Test
    void theCatalogueSaysWhatItKnows() {
        assertThat(of(call("openai/gpt-4.1-mini")).get(0).known()).isNotNull();
        assertThat(of(call("openai/of-tomorrow")).get(0).known()).isNull();
    }

    @Test
    void aConfigurationNamesProviderPlaceAndModel() {
        vault.configure("chat", "openai", "gpt-4.1", "https://proxy.example.com/v1", false);
        vault.configure("openai.chat", "groq", "llama-3.1-8b-instant", null, false);

        Candidate chat = of(call("chat")).get(0);
        assertThat(chat.id()).isEqualTo("openai/gpt-4.1");
        assertThat(chat.endpoint()).isEqualTo(URI.create("https://proxy.example.com/v1"));
        assertThat(ids(call("openai.chat"))).containsExactly("groq/llama-3.1-8b-instant");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "default", "Default"})
    void noNameMeansTheConfigurationInEffect(@Nullable String model) {
        vault.configure("chat", "openai", "gpt-4.1", null, false);
        vault.inEffect = "chat";

        assertThat(ids(call(model))).containsExactly("openai/gpt-4.1");
    }

    @Test
    void noNameAndNoConfigurationIsRefused() {
        assertThat(refusal(call(null))).isEqualTo(GatewayError.NO_DEFAULT_CONFIGURATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody/gpt", "gpt-4.1", "chat", "/gpt", "openai/", "openai.", ".", "custom/llama", "😀/x"})
    void whatNobodyKnowsIsRefused(String model) {
        assertThat(refusal(call(model))).isEqualTo(GatewayError.MODEL_UNKNOWN);
    }

    @Test
    void fallbacksFollowInOrderAndTheKeysComesLast() {
        vault.configure("chat", "openai", "gpt-4.1", null, false, "groq/llama-3.1-8b-instant", "second");
        vault.configure("second", "anthropic", "claude-haiku-4-5", null, false, "google/never-asked");

        assertThat(ids(new Call("chat", List.of(), "mistral/mistral-small-2603", CandidatesTest::any)))
                .containsExactly(
                        "openai/gpt-4.1",
                        "groq/llama-3.1-8b-instant",
                        "anthropic/claude-haiku-4-5",
                        "mistral/mistral-small-2603");
        assertThat(ids(new Call("chat", List.of("deepseek/x"), null, CandidatesTest::any)))
                .containsExactly("openai/gpt-4.1", "deepseek/x");
    }

    @Test
    void aFallbackThatIsUnknownNotAllowedOrTheSameIsPassedOver() {
        Call call = new Call(
                "openai/a",
                List.of("nobody/x", "gone", "openai/b", "openai/a", "groq/c"),
                "groq/c",
                id -> !id.equals("openai/b"));

        assertThat(ids(call)).containsExactly("openai/a", "groq/c");
    }

    @Test
    void theSameModelWithAnotherKeyOrElsewhereIsNotTheSame() {
        vault.configure("own", "openai", "a", null, true);
        vault.configure("elsewhere", "openai", "a", "https://proxy.example.com", false);
        vault.configure("plain", "openai", "a", null, false);

        assertThat(of(new Call("openai/a", List.of("own", "elsewhere", "plain"), null, CandidatesTest::any)))
                .hasSize(3);
    }

    @Test
    void aModelThatTheKeyDoesNotAllowIsRefused() {
        assertThat(refusal(new Call("openai/a", List.of("groq/b"), null, id -> id.startsWith("groq/"))))
                .isEqualTo(GatewayError.MODEL_NOT_ALLOWED);
    }

    private List<Candidate> of(Call call) {
        return candidates.of(FakeVault.ACTOR, call);
    }

    private List<String> ids(Call call) {
        return of(call).stream().map(Candidate::id).toList();
    }

    private GatewayError refusal(Call call) {
        var thrown = assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> of(call));
        return thrown.actual().error();
    }

    private static Call call(@Nullable String model) {
        return new Call(model, List.of(), null, CandidatesTest::any);
    }

    private static boolean any(String model) {
        return !model.isEmpty();
    }
}
