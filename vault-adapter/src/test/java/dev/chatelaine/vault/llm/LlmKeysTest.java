package dev.chatelaine.vault.llm;

import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.KeyStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlmKeysTest {
    private static final String KEY = "sk-proj-0123456789abcdefWXYZ";
    private static final ConfigurationName CHAT = new ConfigurationName("chat");

    @RegisterExtension
    final TestVault test = new TestVault();

    @BeforeEach
    void configure() {
        test.configure("chat");
    }

    @Test
    void aKeyIsShownByItsHintAlone() {
        LlmConfiguration configured = set(" " + KEY + "\n");

        assertThat(configured.key())
                .isEqualTo(new LlmConfiguration.OwnKey(1, "WXYZ", KeyStatus.UNVERIFIED, null, null));
        assertThat(test.vault().llmConfigurations().get(OWNER, CHAT)).isEqualTo(configured);
        assertThat(configured.toString()).doesNotContain("0123456789");
        assertThat(opened()).isEqualTo(SecretValue.of(KEY));
    }

    @Test
    void aKeysNumberIsNeverUsedAgain() {
        assertThat(version(set("sk-A0"))).isEqualTo(1);
        assertThat(version(set("sk-A1"))).isEqualTo(2);
        assertThat(keys().remove(OWNER, CHAT).key()).isNull();
        assertThat(version(set("sk-A2"))).isEqualTo(3);
        detach();
        assertThat(version(set("k3"))).isEqualTo(4);
        assertThat(test.rows("SELECT version FROM llm_keys")).containsExactly("4");
    }

    @ParameterizedTest
    @CsvSource({
        "'****', VALUE_IS_MASK",
        "WXYZ, VALUE_IS_MASK",
        "sk-ant-A0, INVALID_PROVIDER_KEY",
        "sk-A 0, INVALID_PROVIDER_KEY",
        "' ', INVALID_VALUE"
    })
    void refusesWhatIsNoKeyOfTheProvider(String value, ErrorCode code) {
        set(KEY);

        VaultException refused = refusal(() -> set(value));

        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.field()).isEqualTo("api_key");
        assertThat(opened()).isEqualTo(SecretValue.of(KEY));
    }

    @Test
    void aPlanWithoutKeysOfItsOwnTakesNoneAndLetsThemGo() {
        set(KEY);
        test.downgrade();

        assertThat(refusal(() -> set("sk-A1")).code()).isEqualTo(ErrorCode.BYOK_NOT_ON_PLAN);
        assertThat(opened()).isEqualTo(SecretValue.of(KEY));
        assertThat(keys().remove(OWNER, CHAT).key()).isNull();
    }

    @Test
    void removingNoKeyDoesNothing() {
        assertThat(test.eventsOf(() -> keys().remove(OWNER, CHAT))).isEmpty();
    }

    @Test
    void openingIsAUse() {
        set(KEY);
        test.clock.advance(Duration.ofMinutes(1));

        LlmConfiguration opened = keys().openForVerification(OWNER, CHAT).configuration();

        assertThat(Objects.requireNonNull(opened.key()).lastUsedAt()).isEqualTo(test.clock.instant());
        assertThat(test.vault().llmConfigurations().get(OWNER, CHAT)).isEqualTo(opened);
    }

    @Test
    void withoutAKeyThereIsNothingToVerifyUnlessTheProviderNeedsNone() {
        VaultException refused = refusal(() -> keys().openForVerification(OWNER, CHAT));
        assertThat(refused.code()).isEqualTo(ErrorCode.VALUE_REQUIRED);
        assertThat(refused.next()).contains("set-key chat");

        test.configure("local", "custom", "https://llm.example.com/v1");
        LlmKeys.Opened opened = keys().openForVerification(OWNER, new ConfigurationName("local"));
        assertThat(opened.key()).isNull();
        assertThat(opened.endpoint()).hasToString("https://llm.example.com/v1");
    }

    @Test
    void aKeyMovedToAnotherConfigurationDoesNotOpen() throws SQLException {
        set(KEY);
        String other = test.configure("other").id();
        test.execute("UPDATE llm_keys SET configuration_id = '" + other + "'");

        assertThat(refusal(() -> keys().openForVerification(OWNER, new ConfigurationName("other")))
                        .code())
                .isEqualTo(ErrorCode.INTEGRITY_FAILED);
    }

    @Test
    void aDamagedKeyCanBeReplaced() throws SQLException {
        set(KEY);
        test.execute("UPDATE llm_keys SET sealed = zeroblob(length(sealed))");
        assertThat(refusal(this::opened).code()).isEqualTo(ErrorCode.INTEGRITY_FAILED);

        set("sk-A1");

        assertThat(opened()).isEqualTo(SecretValue.of("sk-A1"));
    }

    private void detach() {
        ChangedConfiguration changed = test.vault()
                .llmConfigurations()
                .update(OWNER, CHAT, new ConfigurationChange(null, "mistral", null, null, null));
        assertThat(changed.keyDetached()).isTrue();
    }

    private LlmConfiguration set(String key) {
        return keys().set(OWNER, CHAT, SecretValue.of(key));
    }

    private SecretValue opened() {
        return Objects.requireNonNull(keys().openForVerification(OWNER, CHAT).key());
    }

    private static long version(LlmConfiguration configuration) {
        return Objects.requireNonNull(configuration.key()).version();
    }

    private LlmKeys keys() {
        return test.vault().llmKeys();
    }
}
