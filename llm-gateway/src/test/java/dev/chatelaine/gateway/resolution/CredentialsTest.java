package dev.chatelaine.gateway.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chatelaine.gateway.GatewayError;
import dev.chatelaine.gateway.GatewayException;
import dev.chatelaine.gateway.resolution.Credential.Source;
import dev.chatelaine.vault.provider.Catalog;
import java.util.List;
import org.junit.jupiter.api.Test;

class CredentialsTest {
    private final FakeVault vault = new FakeVault();
    private final Candidates candidates = new Candidates(Catalog.builtIn(), vault);

    @Test
    void theConfigurationsKeyComesFirstThenTheTenantsThenThePools() {
        vault.configure("chat", "openai", "gpt-4.1-mini", null, true);
        vault.tenantKeys.add("openai");
        vault.poolKeys.add("openai");

        assertThat(sources("chat")).containsExactly(Source.CONFIGURATION, Source.TENANT, Source.POOL);
        assertThat(sources("openai/gpt-4.1-mini")).containsExactly(Source.TENANT, Source.POOL);
    }

    @Test
    void aKeyOfTheTenantOrThePoolGoesNowhereThatOnlyAConfigurationNames() {
        vault.configure("elsewhere", "openai", "gpt-4.1-mini", "https://evil.example.com/v1", false);
        vault.configure("keyed", "openai", "gpt-4.1-mini", "https://proxy.example.com/v1", true);
        vault.configure("path", "openai", "gpt-4.1-mini", "https://api.openai.com/v2", false);
        vault.tenantKeys.add("openai");
        vault.poolKeys.add("openai");

        assertThat(refusal("elsewhere")).isEqualTo(GatewayError.NO_CREDENTIAL);
        assertThat(sources("keyed")).containsExactly(Source.CONFIGURATION);
        assertThat(sources("path")).containsExactly(Source.TENANT, Source.POOL);
    }

    @Test
    void anOwnKeyOpensAllModelsWhateverThePlan() {
        vault.plan = "starter";
        vault.tenantKeys.add("openai");
        vault.poolKeys.add("openai");

        assertThat(sources("openai/gpt-5.5")).containsExactly(Source.TENANT);
        assertThat(sources("openai/of-tomorrow")).containsExactly(Source.TENANT);
    }

    @Test
    void thePoolServesTheTiersOfThePlan() {
        vault.poolKeys.add("openai");
        vault.plan = "starter";

        assertThat(sources("openai/gpt-4.1-mini")).containsExactly(Source.POOL);
        assertThat(refusal("openai/gpt-4.1")).isEqualTo(GatewayError.MODEL_NOT_IN_PLAN);
        vault.plan = "core";
        assertThat(sources("openai/gpt-4.1")).containsExactly(Source.POOL);
        assertThat(refusal("openai/gpt-5.5")).isEqualTo(GatewayError.MODEL_NOT_IN_PLAN);
        vault.plan = "pro";
        assertThat(sources("openai/gpt-5.5")).containsExactly(Source.POOL);
    }

    @Test
    void thePoolNeverServesWhatTheCatalogueDoesNotKnow() {
        vault.poolKeys.add("openai");
        vault.plan = "business";

        assertThat(refusal("openai/of-tomorrow")).isEqualTo(GatewayError.NO_CREDENTIAL);
    }

    @Test
    void withoutAKeyOfThePoolThereIsNone() {
        assertThat(refusal("openai/gpt-4.1-mini")).isEqualTo(GatewayError.NO_CREDENTIAL);
    }

    @Test
    void whoNeedsNoKeyIsAskedWithoutOne() {
        vault.configure("vllm", "custom", "llama", "https://vllm.example.com/v1", false);
        vault.configure("keyed", "custom", "llama", "https://vllm.example.com/v1", true);

        assertThat(sources("vllm")).containsExactly(Source.NONE);
        assertThat(sources("keyed")).containsExactly(Source.CONFIGURATION);
        assertThat(sources("ollama/llama3")).containsExactly(Source.NONE);
        vault.tenantKeys.add("ollama");
        assertThat(sources("ollama/llama3")).containsExactly(Source.TENANT);
    }

    @Test
    void aCandidateWithoutACredentialIsPassedOver() {
        vault.tenantKeys.add("groq");
        Call call = new Call("openai/gpt-4.1-mini", List.of("groq/llama-3.1-8b-instant"), null, id -> true);

        List<Credential> found = Credentials.of(vault.hand(), candidates.of(FakeVault.ACTOR, call));

        assertThat(found).singleElement().satisfies(one -> {
            assertThat(one.candidate().id()).isEqualTo("groq/llama-3.1-8b-instant");
            assertThat(one.payer().label()).isEqualTo("byok");
        });
    }

    private List<Source> sources(String model) {
        Call call = new Call(model, List.of(), null, id -> true);
        return Credentials.of(vault.hand(), candidates.of(FakeVault.ACTOR, call)).stream()
                .map(Credential::source)
                .toList();
    }

    private GatewayError refusal(String model) {
        return assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> sources(model))
                .actual()
                .error();
    }
}
