package dev.chatelaine.vault.entry;

import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.refusal;
import static dev.chatelaine.vault.entry.EntryPage.LOCAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.llm.ConfigurationChange;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.ModelName;
import dev.chatelaine.vault.secret.SecretChange;
import dev.chatelaine.vault.secret.SecretMetadata;
import dev.chatelaine.vault.secret.SecretName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens when something else was stored between the opening of a ticket and its use. */
class EntryConflictsTest {
    private static final SecretValue VALUE = SecretValue.of("a value that a person typed");
    private static final SecretName TOKEN = new SecretName("token");
    private static final ConfigurationName CHAT = new ConfigurationName("chat");
    private static final EntryRequest CREATE = EntryRequest.create(TOKEN, null, null);
    private static final EntryRequest UPDATE = EntryRequest.update(TOKEN);

    @RegisterExtension
    final TestVault test = new TestVault();

    private EntryTickets tickets() {
        return test.vault().entryTickets();
    }

    private OpenedTicket open(EntryRequest request) {
        return tickets().open(OWNER, LOCAL, request);
    }

    private SecretMetadata token() {
        return test.vault().secrets().get(OWNER, TOKEN);
    }

    private VaultException refused(Actor visitor, EntryPage page, String secret) {
        return refusal(() -> tickets().use(visitor, page, secret, VALUE, null));
    }

    @Test
    void aNameThatWasTakenMeanwhileIsAConflictUntilThePersonDecides() {
        OpenedTicket opened = open(CREATE);
        test.create("token", "stored by somebody else");

        assertThat(refused(OWNER, LOCAL, opened.secret()).code()).isEqualTo(ErrorCode.SECRET_EXISTS);
        EntryView view = tickets().look(OWNER, LOCAL, opened.secret());
        assertThat(view.changed()).isTrue();
        assertThat(view.present().revision()).isEqualTo(1);

        tickets().use(OWNER, LOCAL, opened.secret(), VALUE, view.present().revision());

        assertThat(token().version()).isEqualTo(2);
        assertThat(test.opened("token")).isEqualTo(VALUE);
    }

    @Test
    void aVersionThatWasStoredMeanwhileIsAConflictAndSoIsOneMoreAfterThePersonDecided() {
        test.create("token", "first");
        OpenedTicket opened = open(UPDATE);
        change("second");
        assertThat(refused(OWNER, LOCAL, opened.secret()).code()).isEqualTo(ErrorCode.CONFLICT);
        long seen = tickets().look(OWNER, LOCAL, opened.secret()).present().revision();
        change("third");

        assertThat(refusal(() -> tickets().use(OWNER, LOCAL, opened.secret(), VALUE, seen))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(token().version()).isEqualTo(3);

        tickets().use(OWNER, LOCAL, opened.secret(), VALUE, 3L);
        assertThat(token().version()).isEqualTo(4);
    }

    @Test
    void aKeyIsNotStoredForAnotherRecipientThanThePersonSaw() {
        test.configure("chat", "openai", null);
        OpenedTicket opened = open(EntryRequest.setKey(CHAT));
        test.vault()
                .llmConfigurations()
                .update(
                        OWNER,
                        CHAT,
                        new ConfigurationChange(null, null, null, "https://elsewhere.example.com/v1", null));

        SecretValue key = SecretValue.of("sk-A0123456789abcdef");
        assertThat(refusal(() -> tickets().use(OWNER, LOCAL, opened.secret(), key, null))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(test.vault().llmConfigurations().get(OWNER, CHAT).key()).isNull();
    }

    @Test
    void aKeyThatWasSetMeanwhileIsAConflict() {
        test.configure("chat");
        OpenedTicket opened = open(EntryRequest.setKey(CHAT));
        test.vault().llmKeys().set(OWNER, CHAT, SecretValue.of("sk-B0123456789abcdef"));

        SecretValue key = SecretValue.of("sk-A0123456789abcdef");
        assertThat(refusal(() -> tickets().use(OWNER, LOCAL, opened.secret(), key, null))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void aRenamedConfigurationIsStillTheSame() {
        test.configure("chat");
        OpenedTicket opened = open(EntryRequest.setKey(CHAT));
        ConfigurationName renamed = new ConfigurationName("talk");
        test.vault().llmConfigurations().update(OWNER, CHAT, new ConfigurationChange(renamed, null, null, null, null));
        long seen = tickets().look(OWNER, LOCAL, opened.secret()).present().revision();

        tickets().use(OWNER, LOCAL, opened.secret(), SecretValue.of("sk-A0123456789abcdef"), seen);

        assertThat(test.vault().llmConfigurations().get(OWNER, renamed).key()).isNotNull();
    }

    @Test
    void aSecretThatIsGoneIsNotReplacedByItsNamesake() {
        test.create("token", "first");
        OpenedTicket opened = open(UPDATE);
        test.vault().secretHistory().delete(OWNER, TOKEN);
        test.create("token", "a namesake");

        assertThat(refused(OWNER, LOCAL, opened.secret()).code()).isEqualTo(ErrorCode.SECRET_NOT_FOUND);
        assertThat(refusal(() -> tickets().look(OWNER, LOCAL, opened.secret())).code())
                .isEqualTo(ErrorCode.SECRET_NOT_FOUND);
        assertThat(token().version()).isEqualTo(1);
    }

    @Test
    void theModelMayChangeWithoutAConflictOfTheRecipientBeingHidden() {
        test.configure("chat");
        OpenedTicket opened = open(EntryRequest.setKey(CHAT));
        test.vault()
                .llmConfigurations()
                .update(OWNER, CHAT, new ConfigurationChange(null, null, new ModelName("gpt-5"), null, null));

        assertThat(tickets().look(OWNER, LOCAL, opened.secret()).changed()).isTrue();
    }

    private void change(String value) {
        test.vault().secrets().update(OWNER, TOKEN, new SecretChange(SecretValue.of(value), null, null));
    }
}
