package dev.chatelaine.vault.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {
    private final Catalog catalog = Catalog.builtIn();

    @Test
    void listsTheProvidersInTheirOrder() {
        assertThat(catalog.providers())
                .extracting(provider -> provider.id().value())
                .containsExactly(
                        "openai",
                        "anthropic",
                        "google",
                        "grok",
                        "groq",
                        "mistral",
                        "cohere",
                        "together",
                        "fireworks",
                        "deepseek",
                        "ollama",
                        "custom");
    }

    @ParameterizedTest
    @CsvSource({
        "openai, OpenAI, sk-… (not sk-ant-…), https://api.openai.com/v1",
        "anthropic, Anthropic, sk-ant-…, https://api.anthropic.com/v1",
        "google, Google Gemini, AIza…, https://generativelanguage.googleapis.com/v1beta/openai",
        "grok, Grok (xAI), xai-…, https://api.x.ai/v1",
        "groq, Groq, gsk_…, https://api.groq.com/openai/v1",
        "mistral, Mistral, opaque, https://api.mistral.ai/v1",
        "cohere, Cohere, opaque, https://api.cohere.ai/compatibility/v1",
        "together, Together AI, opaque, https://api.together.ai/v1",
        "fireworks, Fireworks AI, fw_…, https://api.fireworks.ai/inference/v1",
        "deepseek, DeepSeek, sk-…, https://api.deepseek.com/v1",
        "ollama, Ollama, any or none, http://localhost:11434/v1",
    })
    void knowsEachProvider(String id, String name, String format, URI baseUrl) {
        Provider provider = catalog.provider(id);

        assertThat(provider.displayName()).isEqualTo(name);
        assertThat(provider.keyFormat().shown()).isEqualTo(format);
        assertThat(provider.baseUrl()).isEqualTo(baseUrl);
        assertThat(provider.secretName()).isEqualTo("provider_key_" + id);
        assertThat(provider.protocol()).isEqualTo(id.equals("anthropic") ? Protocol.ANTHROPIC : Protocol.OPENAI);
    }

    @Test
    void customHasNeitherBaseUrlNorSecret() {
        Provider custom = catalog.provider("custom");

        assertThat(custom.baseUrl()).isNull();
        assertThat(custom.secretName()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"gemini, google", "xai, grok", "OpenAI, openai"})
    void findsAProviderByAliasAndInAnyCase(String name, String id) {
        assertThat(catalog.provider(name).id()).isEqualTo(new ProviderId(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "open ai", "../openai", "open\u0000ai"})
    void namesTheProvidersThereAreWhenThereIsNoSuchOne(String name) {
        assertThatExceptionOfType(VaultException.class)
                .isThrownBy(() -> catalog.provider(name))
                .withMessageContaining("openai, anthropic, google, grok, groq")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER_UNKNOWN))
                .satisfies(e -> assertThat(e.field()).isEqualTo("provider"));
    }

    @Test
    void knowsThePlans() {
        assertThat(catalog.plans()).extracting(Plan::name).containsExactly("starter", "core", "pro", "business");
        assertThat(catalog.plan("starter").orElseThrow().byok()).isFalse();
        assertThat(catalog.plan("starter").orElseThrow().tiers()).isEqualTo(Set.of(Tier.ECONOMICAL));
        assertThat(catalog.plan("core").orElseThrow().byok()).isTrue();
        assertThat(catalog.plan("core").orElseThrow().tiers()).containsExactly(Tier.ECONOMICAL, Tier.PREMIUM);
        assertThat(catalog.plan("pro").orElseThrow().tiers()).containsExactly(Tier.values());
        assertThat(catalog.plan("business").orElseThrow().tiers()).containsExactly(Tier.values());
        assertThat(catalog.plan("free")).isEmpty();
    }

    @Test
    void everyListedProviderHasModelsAndEveryPriceASource() {
        Catalog catalog = Catalog.builtIn();

        assertThat(catalog.models())
                .extracting(model -> model.provider().value())
                .contains(
                        "openai",
                        "anthropic",
                        "google",
                        "grok",
                        "groq",
                        "mistral",
                        "cohere",
                        "together",
                        "fireworks",
                        "deepseek");
        assertThat(catalog.models()).allSatisfy(model -> {
            if (model.price() != null) {
                assertThat(model.source()).as(model.id()).isNotNull();
                assertThat(model.price().cachedInput())
                        .as(model.id())
                        .isLessThanOrEqualTo(model.price().input());
                assertThat(model.price().cacheWrite())
                        .as(model.id())
                        .isGreaterThanOrEqualTo(model.price().input());
            }
            if (model.longPrompt() != null) {
                assertThat(model.longPrompt().price().input())
                        .as(model.id())
                        .isGreaterThan(Objects.requireNonNull(model.price(0)).input());
            }
        });
    }

    @Test
    void thePoolOfEveryPlanHasModelsToServe() {
        Catalog catalog = Catalog.builtIn();

        assertThat(catalog.plans())
                .allSatisfy(plan -> assertThat(catalog.models())
                        .anyMatch(model -> plan.tiers().contains(model.tier()) && model.price() != null));
    }
}
