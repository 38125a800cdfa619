package dev.chatelaine.vault.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.nio.CharBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderKeysTest {
    private final Catalog catalog = Catalog.builtIn();
    private final ProviderKeys keys = new ProviderKeys(catalog);

    @ParameterizedTest
    @CsvSource({
        "openai, sk-ant-api03-canary, Anthropic, provider_key_anthropic",
        "openai, gsk_canary, Groq, provider_key_groq",
        "anthropic, sk-proj-canary, OpenAI, provider_key_openai",
        "deepseek, sk-ant-canary, Anthropic, provider_key_anthropic",
        "deepseek, sk-proj-canary, OpenAI, provider_key_openai",
        "grok, gsk_canary, Groq, provider_key_groq",
        "groq, xai-canary, Grok (xAI), provider_key_grok",
        "google, fw_canary, Fireworks AI, provider_key_fireworks",
        "fireworks, AIzacanary, Google Gemini, provider_key_google",
        "mistral, sk-ant-canary, Anthropic, provider_key_anthropic",
        "cohere, gsk_canary, Groq, provider_key_groq",
        "cohere, xai-canary, Grok (xAI), provider_key_grok",
        "together, AIzacanary, Google Gemini, provider_key_google",
        "together, fw_canary, Fireworks AI, provider_key_fireworks",
    })
    void refusesAnotherProvidersKeyAndNamesIt(String provider, String key, String owner, String name) {
        VaultException refusal = refusal(provider, key);

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PROVIDER_KEY);
        assertThat(refusal.field()).isEqualTo("value");
        assertThat(refusal).hasMessageContaining(owner).hasMessageContaining(name);
        assertThat(refusal).hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @CsvSource({"openai, canary", "openai, SK-canary", "anthropic, sk-canary", "groq, sk-canary", "google, canary"})
    void refusesAKeyWithoutThePrefixAndSaysWhichItIs(String provider, String key) {
        assertThat(refusal(provider, key))
                .hasMessageContaining(catalog.provider(provider).keyFormat().shown())
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sk-can ary", "sk-can\tary", "sk-can\nary", "sk-can\u00e4ry", "sk-can\u0000ary", "sk-\u007f"})
    void refusesWhiteSpaceInsideAndWhatIsNotPrintableAscii(String key) {
        for (String provider : new String[] {"openai", "mistral", "ollama", "custom"}) {
            assertThat(refusal(provider, key).code()).isEqualTo(ErrorCode.INVALID_PROVIDER_KEY);
            assertThat(refusal(provider, key)).hasMessageNotContaining("can");
        }
    }

    @Test
    void refusesNothingAndTooMuch() {
        assertThat(refusal("mistral", "").code()).isEqualTo(ErrorCode.VALUE_REQUIRED);
        assertThat(refusal("mistral", " \n").code()).isEqualTo(ErrorCode.VALUE_REQUIRED);
        assertThat(refusal("mistral", "k".repeat(65_537)).code()).isEqualTo(ErrorCode.VALUE_TOO_LARGE);
        assertAccepted("mistral", "k".repeat(65_536));
        assertAccepted("mistral", "k");
    }

    @ParameterizedTest
    @CsvSource({
        "openai, sk-abc",
        "openai, sk-proj-abc",
        "openai, sk-svcacct-abc",
        "anthropic, sk-ant-api03-abc",
        "google, AIzaSyabc",
        "grok, xai-abc",
        "groq, gsk_abc",
        "mistral, sk-abc",
        "cohere, abc",
        "together, tgp_v1_abc",
        "fireworks, fw_abc",
        "deepseek, sk-0123",
        "ollama, sk-ant-abc",
        "custom, gsk_abc",
    })
    void acceptsAProvidersOwnKeys(String provider, String key) {
        assertAccepted(provider, key);
        assertAccepted(provider, "  " + key + "\r\n");
        assertAccepted(provider, CharBuffer.wrap(key.toCharArray()));
    }

    @Test
    void findsTheProviderByTheSecretsName() {
        assertThat(Objects.requireNonNull(keys.named("provider_key_gemini")).secretName())
                .isEqualTo("provider_key_google");
        assertThat(keys.named("github_token")).isNull();
        assertThat(ProviderKeys.isProviderKeyName("provider_key_nobody")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "provider_key_, PROVIDER_UNKNOWN",
        "provider_key_nobody, PROVIDER_UNKNOWN",
        "provider_key_custom, INVALID_NAME"
    })
    void refusesNamesOfNoProviderKey(String name, ErrorCode code) {
        assertThatExceptionOfType(VaultException.class)
                .isThrownBy(() -> keys.named(name))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    private void assertAccepted(String provider, CharSequence key) {
        assertThatCode(() -> keys.check(catalog.provider(provider), key)).doesNotThrowAnyException();
    }

    private VaultException refusal(String provider, String key) {
        return Objects.requireNonNull(
                catchThrowableOfType(VaultException.class, () -> keys.check(catalog.provider(provider), key)),
                "nothing was refused");
    }
}
