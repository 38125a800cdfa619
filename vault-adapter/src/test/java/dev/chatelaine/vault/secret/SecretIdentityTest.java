package dev.chatelaine.vault.secret;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.RIVAL;
import static dev.chatelaine.vault.TestVault.STRANGER;
import static dev.chatelaine.vault.TestVault.actor;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.crypto.SecretValue;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SecretIdentityTest {
    private static final SecretChange CHANGE = new SecretChange(SecretValue.of("changed"), null, null);

    @RegisterExtension
    final TestVault test = new TestVault();

    @Test
    void theIdStaysThroughVersionsDeletionAndRestoring() {
        SecretMetadata created = test.create("token", "one");
        SecretName id = new SecretName(created.id());

        assertThat(created.id()).matches("sec_[0-9a-z]{26}");
        assertThat(update(id).id()).isEqualTo(created.id());
        assertThat(history().rollback(OWNER, id, 1).id()).isEqualTo(created.id());
        assertThat(history().delete(OWNER, id).id()).isEqualTo(created.id());
        assertThat(history().restore(OWNER, id).id()).isEqualTo(created.id());
        assertThat(test.vault().secrets().get(OWNER, id).name().value()).isEqualTo("token");
        assertThat(history().list(OWNER, id)).hasSize(3);
    }

    @Test
    void aNameWinsOverAnId() {
        SecretMetadata token = test.create("token", "one");
        SecretMetadata named = test.create(token.id(), "two");

        assertThat(test.vault().secrets().get(OWNER, new SecretName(token.id())))
                .isEqualTo(named);
        assertThat(test.opened(token.id())).isEqualTo(SecretValue.of("two"));
    }

    @Test
    void aSecretNamedLikeAnothersIdIsNotAnsweredForIt() {
        SecretMetadata token = test.create("provider_key_openai", "sk-A0");
        test.create(token.id(), "two");
        SecretName name = token.name();

        assertThat(update(name, "sk-A1").name()).isEqualTo(name);
        assertThat(test.vault().verifications().secret(OWNER, name).secret().name())
                .isEqualTo(name);
        assertThat(history().rollback(OWNER, name, 1).name()).isEqualTo(name);
        assertThat(history().delete(OWNER, name).name()).isEqualTo(name);
        assertThat(history().restore(OWNER, name).name()).isEqualTo(name);
        assertThat(test.opened(token.id())).isEqualTo(SecretValue.of("two"));
    }

    @Test
    void aNameLikeAnIdGivesNoRightToTheProviderKeyOfThatId() {
        Actor member = actor(ACME, Role.MEMBER);
        SecretMetadata key = test.create("provider_key_openai", "sk-A0");
        history().delete(OWNER, key.name());
        test.create(member, key.id(), "decoy");

        refusal(() -> history().restore(member, new SecretName(key.id())));

        assertThat(
                        test.rows(
                                "SELECT CASE WHEN deleted_at IS NULL THEN 1 ELSE 0 END FROM secrets WHERE name = 'provider_key_openai'"))
                .containsExactly("0");
    }

    @Test
    void anIdTakesThePermissionOfTheSecretItMeans() {
        Actor member = actor(ACME, Role.MEMBER);
        SecretName id =
                new SecretName(test.create("provider_key_openai", "sk-A0").id());

        assertThat(refusal(() -> test.vault().secrets().update(member, id, CHANGE))
                        .code())
                .isEqualTo(ErrorCode.PERMISSION_DENIED);
        assertThat(refusal(() -> history().delete(member, id)).code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
    }

    @Test
    void anotherTenantsSecretIsNotFoundUnderNameOrId() {
        SecretMetadata token = test.create("token", "one");
        test.create("deleted", "one");
        SecretMetadata deleted = history().delete(OWNER, new SecretName("deleted"));

        Stream.of(token.name().value(), token.id(), deleted.name().value(), deleted.id())
                .map(SecretName::new)
                .forEach(reference -> calls().forEach(call -> {
                    VaultException refused = refusal(() -> call.accept(STRANGER, reference));
                    VaultException unknown = refusal(() -> call.accept(STRANGER, new SecretName("never-there")));
                    assertThat(refused.code()).isEqualTo(ErrorCode.SECRET_NOT_FOUND);
                    assertThat(refused.text().replace(reference.value(), "never-there"))
                            .isEqualTo(unknown.text());
                    assertThat(refused.next()).isEqualTo(unknown.next());
                }));
        assertThat(test.opened("token")).isEqualTo(SecretValue.of("one"));
        assertThat(test.rows("SELECT target FROM audit_events WHERE tenant = 'rival' AND action <> 'tenant.create'"))
                .isEmpty();
    }

    @Test
    void tenantsDoNotMeet() {
        test.create("token", "ours");

        test.create(STRANGER, "token", "theirs");

        assertThat(test.opened("token")).isEqualTo(SecretValue.of("ours"));
        assertThat(test.vault().secrets().list(STRANGER, SecretQuery.all()).secrets())
                .hasSize(1);
    }

    @Test
    void aRowMovedToAnotherTenantDoesNotOpenThereAndShowsNoHint() throws SQLException {
        test.create("token", "a value of some length");
        test.create(STRANGER, "theirs", "another value");
        test.execute("UPDATE secrets SET tenant = 'rival' WHERE name = 'token'");

        assertThat(test.vault().secrets().get(STRANGER, new SecretName("token")).hint())
                .isNull();
        assertThat(history().list(STRANGER, new SecretName("token"))).isEmpty();
        assertThat(refusedUse("token").code()).isEqualTo(ErrorCode.INTEGRITY_FAILED);
        test.execute("UPDATE secret_versions SET tenant = 'rival'");
        assertThat(refusedUse("token").code()).isEqualTo(ErrorCode.INTEGRITY_FAILED);
        assertThat(test.vault().secretUse().openForRun(STRANGER, List.of(new SecretName("theirs"))))
                .hasSize(1);
    }

    private VaultException refusedUse(String name) {
        return refusal(
                () -> test.vault().secretUse().openForRun(actor(RIVAL, Role.OWNER), List.of(new SecretName(name))));
    }

    private List<BiConsumer<Actor, SecretName>> calls() {
        return List.of(
                (actor, name) -> test.vault().secrets().get(actor, name),
                (actor, name) -> test.vault().secrets().update(actor, name, CHANGE),
                (actor, name) -> history().list(actor, name),
                (actor, name) -> history().rollback(actor, name, 1),
                (actor, name) -> history().delete(actor, name),
                (actor, name) -> history().restore(actor, name),
                (actor, name) -> test.vault().verifications().secret(actor, name),
                (actor, name) -> test.vault().secretUse().openForRun(actor, List.of(name)));
    }

    private SecretMetadata update(SecretName name) {
        return test.vault().secrets().update(OWNER, name, CHANGE);
    }

    private SecretMetadata update(SecretName name, String value) {
        return test.vault().secrets().update(OWNER, name, new SecretChange(SecretValue.of(value), null, null));
    }

    private SecretHistory history() {
        return test.vault().secretHistory();
    }
}
