package dev.chatelaine.vault.llm;

import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationRecipientTest {
    private static final String OWN = "https://api.openai.com/v1";
    private static final ConfigurationName CHAT = new ConfigurationName("chat");

    @RegisterExtension
    final TestVault test = new TestVault();

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, " + OWN,
                "-, https://api.openai.com",
                "-, HTTPS://API.OPENAI.COM:443/other/",
                OWN + ", https://api.openai.com/v2",
                "https://llm.example.com/a, https://llm.example.com/b",
                "https://llm.example.com:8443/a, https://llm.example.com:8443/b"
            })
    void theKeyStaysWhileItGoesToTheSameHost(@Nullable String before, String after) {
        configuredWithKey(before);

        ChangedConfiguration changed = update(null, after);

        assertThat(changed.keyDetached()).isFalse();
        assertThat(changed.configuration().key()).isNotNull();
        assertThat(test.vault().llmKeys().openForVerification(OWNER, CHAT).key())
                .isEqualTo(SecretValue.of("sk-A0"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, https://llm.example.com/v1",
                "-, https://api.openai.com:8443/v1",
                "-, https://api.openai.com.example.com/v1",
                "https://llm.example.com, https://example.com",
                "https://llm.example.com, " + OWN
            })
    void theKeyIsDetachedWhenItWouldGoToAnother(@Nullable String before, String after) {
        configuredWithKey(before);

        ChangedConfiguration changed = update(null, after);

        assertThat(changed.keyDetached()).isTrue();
        assertThat(changed.configuration().key()).isNull();
        assertThat(test.rows("SELECT version FROM llm_keys")).isEmpty();
    }

    @Test
    void theKeyIsDetachedWithTheProvider() {
        configuredWithKey("https://llm.example.com");

        assertThat(update("deepseek", null).keyDetached()).isTrue();
        assertThat(test.rows("SELECT version FROM llm_keys")).isEmpty();
    }

    @Test
    void anAliasOfTheSameProviderIsTheSameRecipient() {
        test.configure("chat", "gemini", null);
        test.vault().llmKeys().set(OWNER, CHAT, SecretValue.of("AIzaA0"));

        ChangedConfiguration changed = update("google", null);

        assertThat(changed.keyDetached()).isFalse();
        assertThat(changed.configuration().provider().value()).isEqualTo("google");
    }

    @Test
    void nothingIsDetachedWhereThereIsNoKey() {
        test.configure("chat");

        assertThat(update("mistral", null).keyDetached()).isFalse();
    }

    @Test
    void aChangeThatIsRefusedLeavesTheKey() {
        configuredWithKey(null);

        assertThat(refusal(() -> update("mistral", "http://127.0.0.1")).code()).isEqualTo(ErrorCode.BASE_URL_REFUSED);
        assertThat(refusal(() -> update("custom", null)).code()).isEqualTo(ErrorCode.BASE_URL_REQUIRED);
        assertThat(refusal(() -> update("nobody", null)).code()).isEqualTo(ErrorCode.PROVIDER_UNKNOWN);
        assertThat(test.vault().llmKeys().openForVerification(OWNER, CHAT).key())
                .isEqualTo(SecretValue.of("sk-A0"));
        assertThat(test.vault().llmConfigurations().get(OWNER, CHAT).provider().value())
                .isEqualTo("openai");
    }

    @Test
    void aCustomProviderNeedsABaseUrl() {
        VaultException refused = refusal(() -> test.configure("chat", "custom", null));

        assertThat(refused.code()).isEqualTo(ErrorCode.BASE_URL_REQUIRED);
        assertThat(refused.field()).isEqualTo("base_url");
        assertThat(test.configure("chat", "custom", "https://LLM.example.com/v1/")
                        .baseUrl())
                .isEqualTo(URI.create("https://llm.example.com/v1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://llm.example.com",
                "http://llm.example.com",
                "https://user:pw@llm.example.com",
                "https://llm.example.com?key=1",
                "https://10.0.0.1/v1",
                "https://127.0.0.1",
                "https://169.254.169.254/latest",
                "https://localhost"
            })
    void refusesABaseUrlThatNoKeyMayBeSentTo(String baseUrl) {
        VaultException refused = refusal(() -> test.configure("chat", "openai", baseUrl));

        assertThat(refused.code()).isIn(ErrorCode.BASE_URL_REFUSED, ErrorCode.VALUE_IN_WRONG_FIELD);
        assertThat(refused.field()).isEqualTo("base_url");
        assertThat(test.rows("SELECT name FROM llm_configurations")).isEmpty();
    }

    @Test
    void anUnknownProviderIsRefused() {
        VaultException refused = refusal(() -> test.configure("chat", "nobody", null));

        assertThat(refused.code()).isEqualTo(ErrorCode.PROVIDER_UNKNOWN);
        assertThat(refused.field()).isEqualTo("provider");
    }

    @Test
    void fallbacksKeepTheirOrder() {
        List<String> fallbacks = List.of("mistral/large", "backup", "gemini/gemini-2.5-pro", "together/meta/llama-3");

        assertThat(fallback(fallbacks)).isEqualTo(fallbacks);
        assertThat(fallback(List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/m", "mistral/", "default", "a b", "mistral/a b", "mistral/a\nb", "x\ny"})
    void refusesAFallbackThatNamesNothing(String fallback) {
        VaultException refused = refusal(() -> fallback(List.of("ok", fallback)));

        assertThat(refused.code()).isIn(ErrorCode.INVALID_FIELD, ErrorCode.PROVIDER_UNKNOWN);
        assertThat(refused.field()).isEqualTo("fallbacks");
    }

    @Test
    void refusesElevenFallbacksAnUnknownProviderAndAKey() {
        assertThat(refusal(() -> fallback(Collections.nCopies(11, "ok"))).code())
                .isEqualTo(ErrorCode.INVALID_FIELD);
        assertThat(refusal(() -> fallback(List.of("nobody/m"))).code()).isEqualTo(ErrorCode.PROVIDER_UNKNOWN);
        assertThat(refusal(() -> fallback(List.of("openai/sk-proj-0123456789abcdefWXYZ")))
                        .code())
                .isEqualTo(ErrorCode.VALUE_IN_WRONG_FIELD);
        assertThat(refusal(() -> fallback(List.of("nobody/m"))).field()).isEqualTo("fallbacks");
    }

    private List<String> fallback(List<String> models) {
        if (test.rows("SELECT name FROM llm_configurations").isEmpty()) {
            test.configure("chat");
        }
        return test.vault()
                .llmConfigurations()
                .update(OWNER, CHAT, new ConfigurationChange(null, null, null, null, models))
                .configuration()
                .fallbacks()
                .models();
    }

    private void configuredWithKey(@Nullable String baseUrl) {
        test.configure("chat", "openai", baseUrl);
        test.vault().llmKeys().set(OWNER, CHAT, SecretValue.of("sk-A0"));
    }

    private ChangedConfiguration update(@Nullable String provider, @Nullable String baseUrl) {
        return test.vault()
                .llmConfigurations()
                .update(OWNER, CHAT, new ConfigurationChange(null, provider, null, baseUrl, null));
    }
}
