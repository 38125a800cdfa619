package dev.chatelaine.vault.secret;

import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretValuesTest {
    private static final String KEY = "sk-proj-0123456789abcdefWXYZ";

    @RegisterExtension
    final TestVault test = new TestVault();

    @Test
    void storesTheLongestValueToTheByte() {
        String longest = "\u00e9\ud83d\udd11".repeat(65_536 / 6) + "1234";
        assertThat(SecretValue.of(longest)).isEqualTo(SecretValue.of(longest));

        test.create("ascii", "x".repeat(65_536));
        test.create("unicode", longest);

        assertThat(test.opened("ascii")).isEqualTo(SecretValue.of("x".repeat(65_536)));
        assertThat(test.opened("unicode")).isEqualTo(SecretValue.of(longest));
    }

    @Test
    void refusesOneByteMore() {
        VaultException ascii = refusal(() -> test.create("token", "x".repeat(65_537)));
        VaultException unicode = refusal(() -> test.create("token", "\u00e9".repeat(32_768) + "x"));

        assertThat(ascii.code()).isEqualTo(ErrorCode.VALUE_TOO_LARGE);
        assertThat(unicode.code()).isEqualTo(ErrorCode.VALUE_TOO_LARGE);
        assertThat(ascii.field()).isEqualTo("value");
    }

    @Test
    void refusesTheEmptyValue() {
        assertThat(refusal(() -> test.create("token", "")).code()).isEqualTo(ErrorCode.INVALID_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\n", "  padded\t\n", "\u0000", "a\r\nb", "\u00e9 vs e\u0301", "a...b"})
    void keepsAnOrdinaryValueAsItIs(String value) {
        test.create("token", value);

        assertThat(test.opened("token")).isEqualTo(SecretValue.of(value));
    }

    @Test
    void trimsAProviderKey() {
        test.create("provider_key_openai", " \t" + KEY + "\r\n");
        assertThat(test.opened("provider_key_openai")).isEqualTo(SecretValue.of(KEY));

        update("provider_key_openai", "\n" + KEY + "2 ");
        assertThat(test.opened("provider_key_openai")).isEqualTo(SecretValue.of(KEY + "2"));
    }

    @Test
    void aProviderKeyThatDiffersInWhiteSpaceAroundItMakesNoVersion() {
        test.create("provider_key_openai", KEY);

        assertThat(update("provider_key_openai", KEY + "\n").version()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u2022\u2022\u2022\u2022",
                "****",
                "\u2026",
                "sk-\u2026WXYZ",
                "\u2022\u2022\u2022\u2022WXYZ",
                "***WXYZ",
                " **** ",
                "[redacted]",
                "SecretValue[redacted]"
            })
    void refusesAMask(String mask) {
        assertThat(refusal(() -> test.create("token", mask)).code()).isEqualTo(ErrorCode.VALUE_IS_MASK);
        assertThat(refusal(() -> test.create("provider_key_openai", mask)).code())
                .isEqualTo(ErrorCode.VALUE_IS_MASK);
        assertThat(test.rows("SELECT name FROM secrets")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"token", "provider_key_openai"})
    void refusesThePresentHintWrittenBack(String name) {
        String hint = Objects.requireNonNull(test.create(name, KEY).hint());
        assertThat(hint).isEqualTo("WXYZ");

        for (String written : new String[] {hint, " " + hint + "\n", "\u2022\u2022" + hint}) {
            VaultException refused = refusal(() -> update(name, written));
            assertThat(refused.code()).isEqualTo(ErrorCode.VALUE_IS_MASK);
            assertThat(refused.field()).isEqualTo("value");
        }
        assertThat(test.opened(name)).isEqualTo(SecretValue.of(KEY));
    }

    @Test
    void anotherSecretsHintIsAValueLikeAnyOther() {
        test.create("token", KEY);

        test.create("other", "WXYZ");

        assertThat(test.opened("other")).isEqualTo(SecretValue.of("WXYZ"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"0123456789abcde, none", "0123456789abcdef, cdef"})
    void onlyAValueOf16CharactersOrMoreHasAHint(String value, String hint) {
        assertThat(Optional.ofNullable(test.create("token", value).hint())).isEqualTo(Optional.ofNullable(hint));
    }

    @Test
    void refusesAKeyInTheDescriptionOrTheName() {
        assertThat(refusal(() -> Description.of("the key is " + KEY)).code()).isEqualTo(ErrorCode.VALUE_IN_WRONG_FIELD);
        assertThat(refusal(() -> SecretName.of(KEY)).code()).isEqualTo(ErrorCode.VALUE_IN_WRONG_FIELD);
    }

    @Test
    void noSecretCanBeAskedForWithAKeyInItsNameOrDescription() {
        Description stray = new Description("use " + KEY);
        SecretValue value = SecretValue.of("v");

        assertThat(refusal(() -> new NewSecret(new SecretName(KEY), null, Description.NONE, value))
                        .field())
                .isEqualTo("name");
        assertThat(refusal(() -> new NewSecret(new SecretName("token"), null, stray, value))
                        .field())
                .isEqualTo("description");
        assertThat(refusal(() -> new SecretChange(null, stray, null)).code()).isEqualTo(ErrorCode.VALUE_IN_WRONG_FIELD);
    }

    @Test
    void describesInUpTo500Characters() {
        String longest = "\ud83d\udd11".repeat(500);
        test.create("token", "v");

        SecretMetadata described = test.vault()
                .secrets()
                .update(OWNER, new SecretName("token"), new SecretChange(null, Description.of(longest), null));

        assertThat(described.description().text()).isEqualTo(longest);
        assertThat(described.version()).isEqualTo(1);
        for (String refused : new String[] {longest + "x", "a\u0000b", "half \ud83d", "\udd11"}) {
            assertThat(refusal(() -> Description.of(refused)).field()).isEqualTo("description");
        }
    }

    @Test
    void anUpdateThatFailsChangesNothingOfTheRest() {
        test.create("token", KEY);

        refusal(() -> test.vault()
                .secrets()
                .update(
                        OWNER,
                        new SecretName("token"),
                        new SecretChange(SecretValue.of("****"), Description.of("new"), Category.DATABASE)));

        SecretMetadata present = test.vault().secrets().get(OWNER, new SecretName("token"));
        assertThat(present.description()).isEqualTo(Description.NONE);
        assertThat(present.category()).isEqualTo(Category.API_KEY);
    }

    @Test
    void anUpdateNeedsSomethingToChange() {
        assertThat(refusal(() -> new SecretChange(null, null, null)).code()).isEqualTo(ErrorCode.VALUE_REQUIRED);
    }

    private SecretMetadata update(String name, String value) {
        return test.vault()
                .secrets()
                .update(OWNER, new SecretName(name), new SecretChange(SecretValue.of(value), null, null));
    }
}
