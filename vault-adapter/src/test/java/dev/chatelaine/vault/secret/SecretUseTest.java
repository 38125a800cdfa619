package dev.chatelaine.vault.secret;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.actor;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.crypto.SecretValue;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SecretUseTest {
    @RegisterExtension
    final TestVault test = new TestVault();

    @Test
    void opensInTheOrderOfTheNamesAndWritesOneEventForEach() {
        test.create("a", "value a");
        SecretMetadata b = test.create("b", "value b");

        List<String> events = test.eventsOf(() -> assertThat(open("b", "a", b.id()))
                .extracting(SecretUse.Opened::value)
                .containsExactly(SecretValue.of("value b"), SecretValue.of("value a"), SecretValue.of("value b")));

        assertThat(events).containsExactly("secret.reveal b done", "secret.reveal a done", "secret.reveal b done");
    }

    @Test
    void aUseIsRemembered() {
        assertThat(test.create("token", "v").lastUsedAt()).isNull();
        test.clock.advance(Duration.ofMinutes(5));

        SecretMetadata opened = open("token").get(0).metadata();

        assertThat(opened.lastUsedAt()).isEqualTo(test.clock.instant());
        assertThat(get("token")).isEqualTo(opened);
        test.clock.advance(Duration.ofMinutes(5));
        assertThat(get("token")).isEqualTo(opened);
    }

    @Test
    void aVerificationIsAUse() {
        test.create("provider_key_openai", "sk-A0");
        test.clock.advance(Duration.ofMinutes(5));

        SecretUse use = test.vault().secretUse();
        SecretMetadata asked = use.toVerify(OWNER, new SecretName("provider_key_openai"));
        assertThat(asked.lastUsedAt()).isNull();
        SecretUse.Opened opened = use.openForVerification(OWNER, asked);

        assertThat(opened.value()).isEqualTo(SecretValue.of("sk-A0"));
        assertThat(opened.metadata().lastUsedAt()).isEqualTo(test.clock.instant());
        assertThat(get("provider_key_openai")).isEqualTo(opened.metadata());
    }

    @Test
    void nothingIsOpenedWhenOneIsMissing() {
        test.create("token", "v");

        List<String> events = test.eventsOf(() ->
                assertThat(refusal(() -> open("token", "missing")).code()).isEqualTo(ErrorCode.SECRET_NOT_FOUND));

        assertThat(events).isEmpty();
        assertThat(get("token").lastUsedAt()).isNull();
    }

    @Test
    void nothingIsOpenedWhenOneIsDamaged() throws SQLException {
        test.create("token", "v");
        String damaged = test.create("damaged", "v").id();
        test.execute("UPDATE secret_versions SET sealed = zeroblob(length(sealed))" + " WHERE secret_id = '" + damaged
                + "'");

        List<String> events = test.eventsOf(() ->
                assertThat(refusal(() -> open("token", "damaged")).code()).isEqualTo(ErrorCode.INTEGRITY_FAILED));

        assertThat(events).isEmpty();
        assertThat(get("token").lastUsedAt()).isNull();
    }

    @Test
    void onlyAProviderKeyCanBeVerified() {
        test.create("token", "v");

        List<String> events = test.eventsOf(() -> assertThat(
                        refusal(() -> test.vault().secretUse().toVerify(OWNER, new SecretName("token")))
                                .code())
                .isEqualTo(ErrorCode.INVALID_FIELD));

        assertThat(events).isEmpty();
    }

    @Test
    void noOneOpensWithoutTheEvent() throws SQLException {
        test.create("token", "v");
        test.execute("DROP TABLE audit_heads");

        assertThat(refusal(() -> open("token")).code()).isEqualTo(ErrorCode.VAULT_UNAVAILABLE);
        assertThat(get("token").lastUsedAt()).isNull();
    }

    @Test
    void aMemberRunsWithWhatTheyMayNotChange() {
        test.create("provider_key_openai", "sk-A0");

        List<SecretUse.Opened> opened = test.vault()
                .secretUse()
                .openForRun(actor(ACME, Role.MEMBER), List.of(new SecretName("provider_key_openai")));

        assertThat(opened).extracting(SecretUse.Opened::value).containsExactly(SecretValue.of("sk-A0"));
    }

    private List<SecretUse.Opened> open(String... names) {
        return test.vault()
                .secretUse()
                .openForRun(OWNER, Stream.of(names).map(SecretName::new).toList());
    }

    private SecretMetadata get(String name) {
        return test.vault().secrets().get(OWNER, new SecretName(name));
    }
}
