package dev.chatelaine.vault.secret;

import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SecretDeletionTest {
    private static final SecretName TOKEN = new SecretName("token");
    private static final Duration WEEK = Duration.ofDays(7);

    @RegisterExtension
    final TestVault test = new TestVault();

    @Test
    void aDeletedSecretSaysWhenItIsGoneForGood() {
        test.create("token", "one");
        Instant now = test.clock.instant();

        SecretMetadata deleted = delete();

        assertThat(deleted.deletedAt()).isEqualTo(now);
        assertThat(deleted.purgeAt()).isEqualTo(now.plus(WEEK));
    }

    @Test
    void aDeletedSecretIsNotFound() {
        SecretName id = new SecretName(test.create("token", "one").id());
        delete();

        for (SecretName reference : List.of(TOKEN, id)) {
            for (VaultException refused : List.of(
                    refusal(() -> test.vault().secrets().get(OWNER, reference)),
                    refusal(() -> test.vault().secretHistory().list(OWNER, reference)),
                    refusal(() -> test.vault().secretHistory().delete(OWNER, reference)),
                    refusal(() -> test.vault().secretHistory().rollback(OWNER, reference, 1)),
                    refusal(() -> test.opened(reference.value())))) {
                assertThat(refused.code()).isEqualTo(ErrorCode.SECRET_NOT_FOUND);
            }
        }
    }

    @Test
    void itIsListedOnlyWhenAskedFor() {
        test.create("token", "one");
        test.create("alive", "two");
        delete();

        assertThat(names(false)).containsExactly("alive");
        assertThat(names(true)).containsExactly("alive", "token");
    }

    @Test
    void itCanBeRestoredUntilTheWeekIsOver() {
        SecretMetadata created = test.create("token", "one");
        delete();
        test.clock.advance(WEEK.minusMillis(1));
        test.reopen();

        SecretMetadata restored = test.vault().secretHistory().restore(OWNER, TOKEN);

        assertThat(restored.id()).isEqualTo(created.id());
        assertThat(restored.deletedAt()).isNull();
        assertThat(restored.purgeAt()).isNull();
        assertThat(test.opened("token")).isEqualTo(SecretValue.of("one"));
    }

    @Test
    void itCannotBeRestoredOnceTheWeekIsOver() {
        String id = test.create("token", "one").id();
        delete();
        test.clock.advance(WEEK);

        assertThat(restoring(TOKEN).code()).isEqualTo(ErrorCode.SECRET_NOT_FOUND);
        assertThat(restoring(new SecretName(id)).code()).isEqualTo(ErrorCode.SECRET_NOT_FOUND);
        assertThat(names(true)).isEmpty();
    }

    @Test
    void theNextOpeningRemovesItsRows() {
        test.create("token", "one");
        test.create("alive", "two");
        delete();
        test.clock.advance(WEEK);

        List<String> events = test.eventsOf(test::reopen);

        assertThat(events).containsExactly("secret.purge token done");
        assertThat(test.rows("SELECT name FROM secrets")).containsExactly("alive");
        assertThat(test.rows("SELECT COUNT(*) FROM secret_versions")).containsExactly("1");
    }

    @Test
    void anOpeningBeforeThatRemovesNothing() {
        test.create("token", "one");
        delete();
        test.clock.advance(WEEK.minusMillis(1));

        assertThat(test.eventsOf(test::reopen)).isEmpty();
        assertThat(test.rows("SELECT COUNT(*) FROM secret_versions")).containsExactly("1");
    }

    @Test
    void theNextOpeningRemovesHoweverManyThereAre() {
        for (int i = 0; i < 201; i++) {
            test.create("token", "one");
            delete();
        }
        test.clock.advance(WEEK);

        test.reopen();

        assertThat(test.rows("SELECT name FROM secrets")).isEmpty();
        assertThat(test.vault().audit().verify(TestVault.ACME).clean()).isTrue();
    }

    @Test
    void itsNameIsFreeAtOnce() {
        String first = test.create("token", "one").id();
        delete();

        assertThat(test.create("token", "two").id()).isNotEqualTo(first);
        assertThat(restoring(TOKEN).code()).isEqualTo(ErrorCode.SECRET_EXISTS);
        assertThat(restoring(new SecretName(first)).code()).isEqualTo(ErrorCode.SECRET_EXISTS);
        assertThat(test.opened("token")).isEqualTo(SecretValue.of("two"));
    }

    @Test
    void ofSeveralTheOneDeletedLastIsRestored() {
        String oldest = deletedAfter("one", Duration.ofHours(1));
        deletedAfter("two", Duration.ofHours(1));
        deletedAfter("three", Duration.ofHours(1));

        test.vault().secretHistory().restore(OWNER, TOKEN);
        assertThat(test.opened("token")).isEqualTo(SecretValue.of("three"));

        delete();
        test.vault().secretHistory().restore(OWNER, new SecretName(oldest));
        assertThat(test.opened("token")).isEqualTo(SecretValue.of("one"));
    }

    @Test
    void aSecretThatWasNeverThereIsNotRestored() {
        assertThat(restoring(TOKEN).code()).isEqualTo(ErrorCode.SECRET_NOT_FOUND);
        test.create("token", "one");
        assertThat(restoring(TOKEN).code()).isEqualTo(ErrorCode.SECRET_NOT_FOUND);
    }

    private String deletedAfter(String value, Duration pause) {
        String id = test.create("token", value).id();
        test.clock.advance(pause);
        delete();
        return id;
    }

    private SecretMetadata delete() {
        return test.vault().secretHistory().delete(OWNER, TOKEN);
    }

    private VaultException restoring(SecretName reference) {
        return refusal(() -> test.vault().secretHistory().restore(OWNER, reference));
    }

    private List<String> names(boolean includeDeleted) {
        return test
                .vault()
                .secrets()
                .list(OWNER, new SecretQuery(null, null, includeDeleted, 200, null))
                .secrets()
                .stream()
                .map(secret -> secret.name().value())
                .toList();
    }
}
