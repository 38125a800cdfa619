package dev.chatelaine.vault.llm;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.STRANGER;
import static dev.chatelaine.vault.TestVault.actor;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.crypto.SecretValue;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationsTest {
    private static final String KEY = "sk-proj-0123456789abcdefWXYZ";
    private static final ConfigurationName CHAT = new ConfigurationName("chat");

    @RegisterExtension
    final TestVault test = new TestVault();

    @Test
    void aConfigurationIsFoundByNameAndId() {
        LlmConfiguration made = test.configure("chat");

        assertThat(made.id()).matches("cfg_[0-9a-z]{26}");
        assertThat(service().get(OWNER, CHAT)).isEqualTo(made);
        assertThat(service().get(OWNER, new ConfigurationName(made.id()))).isEqualTo(made);
        assertThat(service().list(OWNER).configurations()).containsExactly(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "DEFAULT", "Default", "", "a/b", "..", "-a", "a\u0000", "a b", "n\u00e4me"})
    void refusesANameThatIsNone(String name) {
        assertThat(refusal(() -> new ConfigurationName(name)).code()).isEqualTo(ErrorCode.INVALID_NAME);
    }

    @Test
    void takesNamesOfUpTo128Characters() {
        assertThat(test.configure("c".repeat(128)).name().value()).hasSize(128);
        assertThat(refusal(() -> new ConfigurationName("c".repeat(129))).code()).isEqualTo(ErrorCode.INVALID_NAME);
    }

    @Test
    void aTakenNameIsRefused() {
        LlmConfiguration chat = test.configure("chat");
        test.configure("other");

        assertThat(refusal(() -> test.configure("chat")).code()).isEqualTo(ErrorCode.CONFIG_EXISTS);
        assertThat(refusal(() -> rename("other", "chat")).code()).isEqualTo(ErrorCode.CONFIG_EXISTS);
        assertThat(service().get(OWNER, CHAT)).isEqualTo(chat);
        assertThatCode(() -> test.execute("UPDATE llm_configurations SET name = 'chat'"))
                .message()
                .containsIgnoringCase("unique");
    }

    @Test
    void aRenamedOneKeepsItsIdAndKey() {
        String id = test.configure("chat").id();
        test.vault().llmKeys().set(OWNER, CHAT, SecretValue.of(KEY));
        test.clock.advance(Duration.ofSeconds(1));

        ChangedConfiguration renamed = rename("chat", "talk");

        assertThat(renamed.keyDetached()).isFalse();
        assertThat(renamed.configuration().id()).isEqualTo(id);
        assertThat(renamed.configuration().key()).isNotNull();
        assertThat(renamed.configuration().updatedAt()).isEqualTo(test.clock.instant());
        assertThat(refusal(() -> service().get(OWNER, CHAT)).code()).isEqualTo(ErrorCode.CONFIG_NOT_FOUND);
        assertThat(test.vault()
                        .llmKeys()
                        .openForVerification(OWNER, new ConfigurationName("talk"))
                        .key())
                .isEqualTo(SecretValue.of(KEY));
    }

    @Test
    void aNameMayBeChangedToItself() {
        test.configure("chat");

        assertThat(rename("chat", "chat").configuration().name()).isEqualTo(CHAT);
    }

    @Test
    void oneNamedLikeAnothersIdIsNotAnsweredForIt() {
        String id = test.configure("chat").id();
        test.configure(id);
        SecretValue key = SecretValue.of(KEY);

        assertThat(rename("chat", "talk").configuration().id()).isEqualTo(id);
        ConfigurationName talk = new ConfigurationName("talk");
        assertThat(service().setDefault(OWNER, talk).id()).isEqualTo(id);
        assertThat(test.vault().llmKeys().set(OWNER, talk, key).id()).isEqualTo(id);
        assertThat(test.vault()
                        .verifications()
                        .configuration(OWNER, talk)
                        .configuration()
                        .id())
                .isEqualTo(id);
        assertThat(test.vault().llmKeys().remove(OWNER, talk).id()).isEqualTo(id);
    }

    @Test
    void theRecordHasNoPlaceForAKey() {
        assertThat(test.rows("SELECT name FROM pragma_table_info('llm_configurations')"))
                .containsExactly(
                        "id",
                        "tenant",
                        "name",
                        "provider",
                        "model",
                        "base_url",
                        "fallbacks",
                        "is_default",
                        "ordinal",
                        "key_version",
                        "created_at",
                        "updated_at");
    }

    @Test
    void onlyAnOwnerDeletesAndTheKeyGoesToo() {
        test.configure("chat");
        test.vault().llmKeys().set(OWNER, CHAT, SecretValue.of(KEY));

        VaultException refused = refusal(() -> service().delete(actor(ACME, Role.ADMIN), CHAT));
        assertThat(refused.code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
        service().delete(OWNER, CHAT);

        assertThat(test.rows("SELECT name FROM llm_configurations")).isEmpty();
        assertThat(test.rows("SELECT version FROM llm_keys")).isEmpty();
        assertThat(refusal(() -> service().delete(OWNER, CHAT)).code()).isEqualTo(ErrorCode.CONFIG_NOT_FOUND);
    }

    @Test
    void anotherTenantsIsNotFound() {
        String id = test.configure("chat").id();

        for (String reference : List.of("chat", id)) {
            ConfigurationName name = new ConfigurationName(reference);
            for (VaultException refused : List.of(
                    refusal(() -> service().get(STRANGER, name)),
                    refusal(() -> service().setDefault(STRANGER, name)),
                    refusal(() -> service().delete(STRANGER, name)),
                    refusal(() -> test.vault().llmKeys().set(STRANGER, name, SecretValue.of(KEY))),
                    refusal(() -> test.vault().llmKeys().remove(STRANGER, name)),
                    refusal(() -> test.vault().llmKeys().openForVerification(STRANGER, name)))) {
                assertThat(refused.code()).isEqualTo(ErrorCode.CONFIG_NOT_FOUND);
            }
        }
        assertThat(service().list(STRANGER).configurations()).isEmpty();
    }

    @Test
    void aKeyInAFieldOfTheRecordIsRefused() {
        assertThat(refusal(() -> ConfigurationName.of(KEY)).code()).isEqualTo(ErrorCode.VALUE_IN_WRONG_FIELD);
        assertThat(refusal(() -> ModelName.of(KEY)).field()).isEqualTo("model");
        assertThat(refusal(() -> test.configure(KEY)).field()).isEqualTo("name");
        assertThat(refusal(() -> change(new ModelName(KEY), null)).field()).isEqualTo("model");
        VaultException inUrl = refusal(() -> test.configure("chat", "openai", "https://llm.example.com/" + KEY));
        assertThat(inUrl.code()).isEqualTo(ErrorCode.VALUE_IN_WRONG_FIELD);
        assertThat(inUrl.field()).isEqualTo("base_url");
        assertThat(test.rows("SELECT name FROM llm_configurations")).isEmpty();
    }

    @Test
    void anUpdateNeedsSomethingToChange() {
        assertThat(refusal(() -> change(null, null)).code()).isEqualTo(ErrorCode.INVALID_FIELD);
    }

    private static ConfigurationChange change(@Nullable ModelName model, @Nullable ConfigurationName name) {
        return new ConfigurationChange(name, null, model, null, null);
    }

    private ChangedConfiguration rename(String from, String to) {
        return service().update(OWNER, new ConfigurationName(from), change(null, new ConfigurationName(to)));
    }

    private LlmConfigurations service() {
        return test.vault().llmConfigurations();
    }
}
