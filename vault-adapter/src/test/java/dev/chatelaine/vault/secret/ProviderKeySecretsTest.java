package dev.chatelaine.vault.secret;

import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.ProviderId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderKeySecretsTest {
    private static final SecretName OPENAI = new SecretName("provider_key_openai");

    @RegisterExtension
    final TestVault test = new TestVault();

    @ParameterizedTest
    @CsvSource({
        "provider_key_gemini, provider_key_google, AIzaSyA0",
        "provider_key_xai, provider_key_grok, xai-A0",
        "provider_key_OpenAI, provider_key_openai, sk-A0"
    })
    void anAliasIsTheProvidersOwnName(String alias, String own, String key) {
        SecretMetadata created = test.create(alias, key);

        assertThat(created.name().value()).isEqualTo(own);
        assertThat(created.provider()).isEqualTo(new ProviderId(own.substring("provider_key_".length())));
        assertThat(test.opened(alias)).isEqualTo(SecretValue.of(key));
        assertThat(refusal(() -> test.create(own, key)).code()).isEqualTo(ErrorCode.SECRET_EXISTS);
        SecretName asked = new SecretName(alias);
        assertThat(test.vault().secrets().get(OWNER, asked))
                .extracting(SecretMetadata::id)
                .isEqualTo(created.id());
        assertThat(test.vault().secretHistory().delete(OWNER, asked).name().value())
                .isEqualTo(own);
        assertThat(test.vault().secretHistory().restore(OWNER, asked).id()).isEqualTo(created.id());
    }

    @ParameterizedTest
    @CsvSource({
        "provider_key_nobody, PROVIDER_UNKNOWN",
        "provider_key_, PROVIDER_UNKNOWN",
        "provider_key_open.ai, PROVIDER_UNKNOWN",
        "provider_key_custom, INVALID_NAME"
    })
    void refusesTheKeyOfNoProviderThatHasASecret(String name, ErrorCode code) {
        VaultException refused = refusal(() -> test.create(name, "sk-A0"));

        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.field()).isEqualTo("name");
        assertThat(test.rows("SELECT name FROM secrets")).isEmpty();
    }

    @Test
    void refusesAnotherProvidersKeyAndNamesThatProvider() {
        VaultException refused = refusal(() -> test.create("provider_key_openai", "sk-ant-api03-A0"));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_PROVIDER_KEY);
        assertThat(refused.text()).contains("Anthropic", "provider_key_anthropic");
        assertThat(refused.field()).isEqualTo("value");
        assertThat(test.rows("SELECT name FROM secrets")).isEmpty();
    }

    @Test
    void anUpdateToAnotherProvidersKeyLeavesThePresentOne() {
        test.create("provider_key_openai", "sk-A0");

        assertThat(refusal(() -> update("gsk_A0")).code()).isEqualTo(ErrorCode.INVALID_PROVIDER_KEY);
        assertThat(test.opened("provider_key_openai")).isEqualTo(SecretValue.of("sk-A0"));
    }

    @ParameterizedTest
    @CsvSource({"provider_key_openai, sk-A 0", "provider_key_mistral, k\u00e9y", "provider_key_ollama, a b"})
    void refusesAKeyThatIsNotPrintableAscii(String name, String key) {
        assertThat(refusal(() -> test.create(name, key)).code()).isEqualTo(ErrorCode.INVALID_PROVIDER_KEY);
    }

    @Test
    void aPlanWithoutKeysOfItsOwnStoresNone() {
        test.downgrade();

        VaultException refused = refusal(() -> test.create("provider_key_openai", "sk-A0"));

        assertThat(refused.code()).isEqualTo(ErrorCode.BYOK_NOT_ON_PLAN);
        assertThat(test.rows("SELECT name FROM secrets")).isEmpty();
        assertThat(test.create("token", "sk-A0").name().value()).isEqualTo("token");
    }

    @Test
    void aPlanWithoutKeysOfItsOwnTakesNoNewValueForOneThatIsThere() {
        test.create("provider_key_openai", "sk-A0");
        update("sk-A1");
        test.downgrade();

        assertThat(refusal(() -> update("sk-A2")).code()).isEqualTo(ErrorCode.BYOK_NOT_ON_PLAN);
        assertThat(refusal(() -> test.vault().secretHistory().rollback(OWNER, OPENAI, 1))
                        .code())
                .isEqualTo(ErrorCode.BYOK_NOT_ON_PLAN);
        assertThat(test.vault().secrets().get(OWNER, OPENAI).version()).isEqualTo(2);
    }

    @Test
    void aPlanWithoutKeysOfItsOwnHindersNothingElse() {
        test.create("provider_key_openai", "sk-A0");
        test.downgrade();

        SecretChange described = new SecretChange(null, Description.of("old one"), null);
        assertThat(test.vault()
                        .secrets()
                        .update(OWNER, OPENAI, described)
                        .description()
                        .text())
                .isEqualTo("old one");
        assertThat(test.vault().secretHistory().list(OWNER, OPENAI)).hasSize(1);
        assertThat(test.vault().secretHistory().delete(OWNER, OPENAI).deletedAt())
                .isNotNull();
        assertThat(test.vault().secretHistory().restore(OWNER, OPENAI).deletedAt())
                .isNull();
        assertThat(test.vault().verifications().secret(OWNER, OPENAI).secret().version())
                .isEqualTo(1);
    }

    private SecretMetadata update(String value) {
        return test.vault().secrets().update(OWNER, OPENAI, new SecretChange(SecretValue.of(value), null, null));
    }
}
