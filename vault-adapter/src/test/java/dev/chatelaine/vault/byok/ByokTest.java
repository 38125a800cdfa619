package dev.chatelaine.vault.byok;

import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.byok.ProviderOverview.Source;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.secret.SecretName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ByokTest {
    private static final String SECRET_KEY = "sk-proj-0123456789abcdefAAAA";
    private static final String FIRST_KEY = "sk-proj-0123456789abcdefBBBB";
    private static final String SECOND_KEY = "sk-proj-0123456789abcdefCCCC";

    @RegisterExtension
    final TestVault test = new TestVault();

    @Test
    void namesEveryProviderThatMayHaveAKeyInTheCataloguesOrder() {
        ByokOverview overview = test.vault().byok().overview(OWNER);

        assertThat(overview.providers())
                .extracting(provider -> provider.provider().id().value())
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
                        "ollama");
        assertThat(overview.providers()).noneMatch(ProviderOverview::configured);
        assertThat(overview.plan().name()).isEqualTo("pro");
    }

    @Test
    void aSecretComesBeforeAConfigurationsKey() {
        configured("chat", FIRST_KEY);
        assertThat(openai().source()).isEqualTo(Source.CONFIGURATION);
        assertThat(openai().hint()).isEqualTo("BBBB");

        test.create("provider_key_openai", SECRET_KEY);

        assertThat(openai().source()).isEqualTo(Source.SECRET);
        assertThat(openai().hint()).isEqualTo("AAAA");
    }

    @Test
    void tellsWhatIsKnownOfTheKey() {
        test.create("provider_key_openai", SECRET_KEY);
        assertThat(openai().status()).isEqualTo(KeyStatus.UNVERIFIED);

        test.vault().verifications().secret(OWNER, new SecretName("provider_key_openai"));

        assertThat(openai().status()).isEqualTo(KeyStatus.VALID);
        assertThat(openai().lastVerifiedAt()).isEqualTo(test.clock.instant());
        assertThat(openai().lastUsedAt()).isEqualTo(test.clock.instant());
    }

    @Test
    void ofSeveralConfigurationsTheOneInEffectIsShown() {
        configured("a", FIRST_KEY);
        configured("z", SECOND_KEY);
        assertThat(openai().hint()).isEqualTo("CCCC");

        test.vault().llmConfigurations().setDefault(OWNER, new ConfigurationName("a"));
        assertThat(openai().hint()).isEqualTo("BBBB");

        test.vault().llmConfigurations().setDefault(OWNER, new ConfigurationName("z"));
        assertThat(openai().hint()).isEqualTo("CCCC");
    }

    @Test
    void ofSeveralConfigurationsOfWhichNoneIsInEffectTheFirstByNameIsShown() {
        configured("m", SECOND_KEY);
        configured("b", FIRST_KEY);
        test.configure("other", "mistral", null);

        assertThat(openai().hint()).isEqualTo("BBBB");
    }

    @Test
    void aDeletedSecretAndAConfigurationWithoutAKeyDoNotCount() {
        test.create("provider_key_openai", SECRET_KEY);
        test.vault().secretHistory().delete(OWNER, new SecretName("provider_key_openai"));
        test.configure("chat");

        assertThat(openai().source()).isEqualTo(Source.NONE);
        assertThat(openai().status()).isNull();
    }

    @Test
    void aPlanWithoutKeysSaysSoAndStillShowsWhatIsThere() {
        test.create("provider_key_openai", SECRET_KEY);
        test.downgrade();

        assertThat(test.vault().byok().overview(OWNER).plan().byok()).isFalse();
        assertThat(openai().configured()).isTrue();
    }

    @Test
    void anotherTenantsKeysAreNotShown() {
        test.create("provider_key_openai", SECRET_KEY);
        configured("chat", FIRST_KEY);

        List<ProviderOverview> theirs = test.vault().byok().overview(STRANGER).providers();

        assertThat(theirs).noneMatch(ProviderOverview::configured);
    }

    private void configured(String name, String key) {
        test.configure(name);
        test.vault().llmKeys().set(OWNER, new ConfigurationName(name), SecretValue.of(key));
    }

    private ProviderOverview openai() {
        return test.vault().byok().overview(OWNER).providers().get(0);
    }
}
