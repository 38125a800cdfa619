package dev.chatelaine.vault.secret;

import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.KeyStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretVersionsTest {
    private static final SecretName TOKEN = new SecretName("token");

    @RegisterExtension
    final TestVault test = new TestVault();

    @Test
    void aNewValueIsAVersion() {
        Instant created = test.clock.instant();
        test.create("token", "one");
        test.clock.advance(Duration.ofMinutes(1));

        SecretMetadata updated = update("two");

        assertThat(updated.version()).isEqualTo(2);
        assertThat(updated.createdAt()).isEqualTo(created);
        assertThat(updated.updatedAt()).isEqualTo(test.clock.instant());
        assertThat(test.opened("token")).isEqualTo(SecretValue.of("two"));
    }

    @Test
    void theSameValueIsNone() {
        SecretMetadata created = test.create("token", "one");
        test.clock.advance(Duration.ofMinutes(1));

        List<String> events = test.eventsOf(() -> assertThat(update("one")).isEqualTo(created));

        assertThat(events).isEmpty();
        assertThat(numbers()).containsExactly(1L);
    }

    @Test
    void theNewestTenAreKept() {
        test.create("token", "value 1");
        for (int number = 2; number <= 12; number++) {
            update("value " + number);
        }

        assertThat(numbers())
                .containsExactlyElementsOf(LongStream.rangeClosed(3, 12)
                        .map(number -> 15 - number)
                        .boxed()
                        .toList());
        assertThat(history()).filteredOn(SecretVersion::current).singleElement().satisfies(current -> {
            assertThat(current.number()).isEqualTo(12);
            assertThat(current.createdBy()).isEqualTo("anna");
        });
        assertThat(test.rows("SELECT COUNT(*) FROM secret_versions")).containsExactly("10");
    }

    @Test
    void goingBackMakesANewVersionWithTheOldValue() {
        test.create("token", "the very first value");
        update("the second value");

        SecretMetadata back = rollback(1);

        assertThat(back.version()).isEqualTo(3);
        assertThat(back.hint()).isEqualTo("alue");
        assertThat(numbers()).containsExactly(3L, 2L, 1L);
        assertThat(test.opened("token")).isEqualTo(SecretValue.of("the very first value"));
        assertThat(rollback(2).version()).isEqualTo(4);
        assertThat(test.opened("token")).isEqualTo(SecretValue.of("the second value"));
    }

    @Test
    void aNumberIsNeverUsedAgain() {
        test.create("token", "one");
        update("two");
        rollback(1);
        test.vault().secretHistory().delete(OWNER, TOKEN);
        test.vault().secretHistory().restore(OWNER, TOKEN);

        assertThat(update("three").version()).isEqualTo(4);
        assertThat(numbers()).containsExactly(4L, 3L, 2L, 1L);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1, 2, 13, Long.MAX_VALUE})
    void goingBackToAVersionThatIsNotKeptIsRefused(long number) {
        test.create("token", "value 1");
        for (int next = 2; next <= 12; next++) {
            update("value " + next);
        }

        assertThat(refusal(() -> rollback(number)).code()).isEqualTo(ErrorCode.VERSION_NOT_FOUND);
        assertThat(test.opened("token")).isEqualTo(SecretValue.of("value 12"));
    }

    @Test
    void goingBackToTheOldestThatIsKeptWorks() {
        test.create("token", "value 1");
        for (int next = 2; next <= 12; next++) {
            update("value " + next);
        }

        rollback(3);

        assertThat(test.opened("token")).isEqualTo(SecretValue.of("value 3"));
        assertThat(numbers()).hasSize(10).startsWith(13L).endsWith(4L);
    }

    @Test
    void aDamagedCurrentVersionCanBeReplaced() throws SQLException {
        test.create("token", "one");
        test.execute("UPDATE secret_versions SET sealed = zeroblob(length(sealed))");
        assertThat(refusal(() -> test.opened("token")).code()).isEqualTo(ErrorCode.INTEGRITY_FAILED);

        assertThat(update("one").version()).isEqualTo(2);
        assertThat(test.opened("token")).isEqualTo(SecretValue.of("one"));
        assertThat(refusal(() -> rollback(1)).code()).isEqualTo(ErrorCode.INTEGRITY_FAILED);
    }

    @Test
    void aMissingCurrentVersionCanBeReplaced() throws SQLException {
        test.create("token", "one");
        test.execute("DELETE FROM secret_versions");
        assertThat(refusal(() -> test.opened("token")).code()).isEqualTo(ErrorCode.INTEGRITY_FAILED);

        assertThat(update("two").version()).isEqualTo(2);
        assertThat(test.opened("token")).isEqualTo(SecretValue.of("two"));
    }

    @Test
    void aValueMovedToAnotherVersionOrSecretDoesNotOpen() throws SQLException {
        test.create("token", "one");
        test.create("other", "two");
        update("three");
        test.execute("UPDATE secret_versions SET sealed = (SELECT v.sealed FROM secret_versions v JOIN secrets s"
                + " ON s.id = v.secret_id WHERE s.name = 'token' AND v.number = 1)");

        assertThat(refusal(() -> test.opened("token")).code()).isEqualTo(ErrorCode.INTEGRITY_FAILED);
        assertThat(refusal(() -> test.opened("other")).code()).isEqualTo(ErrorCode.INTEGRITY_FAILED);
    }

    @Test
    void whatTheProviderSaidOfAKeyIsForgottenWithTheKey() {
        test.create("provider_key_openai", "sk-A0");
        SecretName name = new SecretName("provider_key_openai");
        assertThat(test.vault().verifications().secret(OWNER, name).secret().keyStatus())
                .isEqualTo(KeyStatus.VALID);

        SecretMetadata replaced =
                test.vault().secrets().update(OWNER, name, new SecretChange(SecretValue.of("sk-A1"), null, null));

        assertThat(replaced.keyStatus()).isEqualTo(KeyStatus.UNVERIFIED);
        assertThat(replaced.lastVerifiedAt()).isNull();
    }

    private SecretMetadata update(String value) {
        return test.vault().secrets().update(OWNER, TOKEN, new SecretChange(SecretValue.of(value), null, null));
    }

    private SecretMetadata rollback(long number) {
        return test.vault().secretHistory().rollback(OWNER, TOKEN, number);
    }

    private List<SecretVersion> history() {
        return test.vault().secretHistory().list(OWNER, TOKEN);
    }

    private List<Long> numbers() {
        return history().stream().map(SecretVersion::number).toList();
    }
}
