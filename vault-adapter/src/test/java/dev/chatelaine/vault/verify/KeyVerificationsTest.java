package dev.chatelaine.vault.verify;

import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.ScriptedVerifier.Question;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.LlmConfiguration.OwnKey;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.secret.SecretChange;
import dev.chatelaine.vault.secret.SecretMetadata;
import dev.chatelaine.vault.secret.SecretName;
import java.net.URI;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyVerificationsTest {
    private static final SecretName SECRET = new SecretName("provider_key_openai");
    private static final ConfigurationName CHAT = new ConfigurationName("chat");

    @RegisterExtension
    final TestVault test = new TestVault();

    @BeforeEach
    void store() {
        test.create("provider_key_openai", "sk-A0");
        test.configure("chat", "openai", "https://llm.example.com/v1");
        test.vault().llmKeys().set(OWNER, CHAT, SecretValue.of("sk-B0"));
    }

    @Test
    void asksTheProviderWithTheKey() {
        verifySecret();
        verifyConfiguration();

        assertThat(test.provider.questions())
                .containsExactly(
                        new Question("openai", URI.create("https://api.openai.com/v1"), SecretValue.of("sk-A0")),
                        new Question("openai", URI.create("https://llm.example.com/v1"), SecretValue.of("sk-B0")));
    }

    @ParameterizedTest
    @CsvSource({"VALID, VALID", "INVALID, INVALID"})
    void whatTheProviderSaysIsStored(VerificationStatus answer, KeyStatus stored) {
        test.provider.answers(answer);

        KeyVerifications.VerifiedSecret verified = verifySecret();
        OwnKey key = verifyConfiguration();

        assertThat(verified.status()).isEqualTo(answer);
        assertThat(verified.secret().keyStatus()).isEqualTo(stored);
        assertThat(verified.secret().lastVerifiedAt()).isEqualTo(test.clock.instant());
        assertThat(secret()).isEqualTo(verified.secret());
        assertThat(key.status()).isEqualTo(stored);
        assertThat(key.lastVerifiedAt()).isEqualTo(test.clock.instant());
        assertThat(key()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({"UNREACHABLE", "UNSUPPORTED"})
    void anAnswerThatSaysNothingLeavesWhatIsKnown(VerificationStatus answer) {
        verifySecret();
        verifyConfiguration();
        test.provider.answers(answer);

        assertThat(verifySecret().status()).isEqualTo(answer);
        assertThat(verifySecret().secret()).isEqualTo(secret());
        assertThat(secret().keyStatus()).isEqualTo(KeyStatus.VALID);
        assertThat(verifyConfiguration()).isEqualTo(key());
        assertThat(key().status()).isEqualTo(KeyStatus.VALID);
    }

    @Test
    void whatIsSaidOfAKeyThatWasReplacedMeanwhileIsNotStored() {
        test.provider.meanwhile(() -> {
            SecretChange change = new SecretChange(SecretValue.of("sk-A1"), null, null);
            test.vault().secrets().update(OWNER, SECRET, change);
            test.vault().llmKeys().set(OWNER, CHAT, SecretValue.of("sk-B1"));
        });

        assertThat(verifySecret().secret().version()).isEqualTo(2);
        assertThat(secret().keyStatus()).isEqualTo(KeyStatus.UNVERIFIED);
        assertThat(verifyConfiguration().status()).isEqualTo(KeyStatus.UNVERIFIED);
        assertThat(key().version()).isEqualTo(3);
    }

    @Test
    void whatIsSaidOfASecretThatWasDeletedAndMadeAnewMeanwhileIsNotStored() {
        test.provider.meanwhile(() -> {
            test.vault().secretHistory().delete(OWNER, SECRET);
            test.create("provider_key_openai", "sk-A0");
        });

        assertThat(refusal(this::verifySecret).code()).isEqualTo(ErrorCode.SECRET_NOT_FOUND);
        assertThat(secret().keyStatus()).isEqualTo(KeyStatus.UNVERIFIED);
    }

    @Test
    void whatIsSaidOfAKeyThatWasRemovedMeanwhileIsNotStored() {
        test.provider.meanwhile(() -> test.vault().llmKeys().remove(OWNER, CHAT));

        assertThat(test.vault()
                        .verifications()
                        .configuration(OWNER, CHAT)
                        .configuration()
                        .key())
                .isNull();
    }

    @Test
    void whereTheProviderHasNoRequestThatTellsNoKeyIsOpened() throws Exception {
        test.withCatalog("providers: { openai: { models_list: false } }");

        var events = test.eventsOf(() -> {
            assertThat(verifySecret().status()).isEqualTo(VerificationStatus.UNSUPPORTED);
            assertThat(test.vault().verifications().configuration(OWNER, CHAT).status())
                    .isEqualTo(VerificationStatus.UNSUPPORTED);
        });

        assertThat(events).isEmpty();
        assertThat(test.provider.questions()).isEmpty();
        assertThat(secret().lastUsedAt()).isNull();
        assertThat(key().lastUsedAt()).isNull();
    }

    @Test
    void aProviderThatNeedsNoKeyIsAskedWithoutOne() {
        test.configure("local", "custom", "https://llm.example.com/v1");

        assertThat(test.vault()
                        .verifications()
                        .configuration(OWNER, new ConfigurationName("local"))
                        .status())
                .isEqualTo(VerificationStatus.VALID);
        assertThat(test.provider.questions())
                .singleElement()
                .satisfies(question -> assertThat(question.key()).isNull());
    }

    @Test
    void anOrdinarySecretIsNotSentToAnybody() {
        test.create("token", "v");

        assertThat(refusal(() -> test.vault().verifications().secret(OWNER, new SecretName("token")))
                        .code())
                .isEqualTo(ErrorCode.INVALID_FIELD);
        assertThat(test.provider.questions()).isEmpty();
    }

    @Test
    void noTransactionIsOpenWhileTheProviderIsAsked() {
        test.provider.meanwhile(() -> test.create("meanwhile", "v"));

        assertThat(verifySecret().status()).isEqualTo(VerificationStatus.VALID);
        assertThat(test.opened("meanwhile")).isEqualTo(SecretValue.of("v"));
    }

    private KeyVerifications.VerifiedSecret verifySecret() {
        return test.vault().verifications().secret(OWNER, SECRET);
    }

    private OwnKey verifyConfiguration() {
        return Objects.requireNonNull(test.vault()
                .verifications()
                .configuration(OWNER, CHAT)
                .configuration()
                .key());
    }

    private SecretMetadata secret() {
        return test.vault().secrets().get(OWNER, SECRET);
    }

    private OwnKey key() {
        return Objects.requireNonNull(
                test.vault().llmConfigurations().get(OWNER, CHAT).key());
    }
}
