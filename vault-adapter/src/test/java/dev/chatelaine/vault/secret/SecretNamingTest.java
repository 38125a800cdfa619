package dev.chatelaine.vault.secret;

import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamingTest {
    @RegisterExtension
    final TestVault test = new TestVault();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a/b",
                "../a",
                "..",
                ".a",
                "-a",
                "_a",
                "a b",
                "a\u0000",
                "\u0000",
                "a\n",
                "a\r",
                "na\u00efve",
                "\u0430bc",
                "\ud83d\udd11",
                "a\u200b",
                "a:b",
                "a\\b",
                "a%2f",
                "\uff41"
            })
    void refusesANameOutsideItsAlphabet(String name) {
        VaultException refused = refusal(() -> new SecretName(name));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_NAME);
        assertThat(refused.field()).isEqualTo("name");
    }

    @Test
    void takesNamesOf1To128Characters() {
        String longest = "0" + "-".repeat(127);

        assertThat(test.create("A", "v1").name().value()).isEqualTo("A");
        assertThat(test.create(longest, "v2").name().value()).isEqualTo(longest);
        assertThat(test.create("a..b_c-D.9", "v3").name().value()).isEqualTo("a..b_c-D.9");
        assertThat(refusal(() -> new SecretName(longest + "-")).code()).isEqualTo(ErrorCode.INVALID_NAME);
    }

    @Test
    void namesDifferByCase() {
        test.create("token", "lower");
        test.create("TOKEN", "upper");

        assertThat(test.opened("token")).isEqualTo(SecretValue.of("lower"));
        assertThat(test.opened("TOKEN")).isEqualTo(SecretValue.of("upper"));
    }

    @Test
    void aTakenNameIsRefusedAndTheValueStays() {
        test.create("token", "first");

        VaultException refused = refusal(() -> test.create("token", "second"));

        assertThat(refused.code()).isEqualTo(ErrorCode.SECRET_EXISTS);
        assertThat(refused.field()).isEqualTo("name");
        assertThat(test.opened("token")).isEqualTo(SecretValue.of("first"));
    }

    @Test
    void theDatabaseItselfRefusesASecondLivingSecretOfAName() {
        test.create("token", "first");

        assertThatCode(
                        () -> test.execute(
                                "INSERT INTO secrets SELECT 'sec_other', tenant, name, category, description,"
                                        + " provider, version, key_status, created_at, updated_at, NULL, NULL, NULL, NULL FROM secrets"))
                .message()
                .containsIgnoringCase("unique");
    }

    @ParameterizedTest
    @EnumSource(
            value = Category.class,
            names = {"API_KEY", "API", "DATABASE", "CUSTOM"})
    void keepsTheCategoryThatWasAskedFor(Category category) {
        assertThat(created("token", category).category()).isEqualTo(category);
        assertThat(Category.of(category.label())).isEqualTo(category);
    }

    @Test
    void theCategoryIsApiKeyUnlessAskedOtherwise() {
        assertThat(created("token", null).category()).isEqualTo(Category.API_KEY);
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(Category.class)
    void aProviderKeyIsAlwaysOfTheCategoryLlmProvider(@Nullable Category asked) {
        assertThat(created("provider_key_mistral", asked).category()).isEqualTo(Category.LLM_PROVIDER);
    }

    @Test
    void onlyAProviderKeyIsOfTheCategoryLlmProvider() {
        created("token", Category.CUSTOM);

        assertThat(refusal(() -> created("other", Category.LLM_PROVIDER)).code())
                .isEqualTo(ErrorCode.INVALID_NAME);
        assertThat(refusal(() -> test.vault()
                                .secrets()
                                .update(
                                        OWNER,
                                        new SecretName("token"),
                                        new SecretChange(null, null, Category.LLM_PROVIDER)))
                        .code())
                .isEqualTo(ErrorCode.INVALID_NAME);
        assertThat(test.vault().secrets().get(OWNER, new SecretName("token")).category())
                .isEqualTo(Category.CUSTOM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "API_KEY", "apikey", "llm"})
    void refusesAnUnknownCategory(String label) {
        assertThat(refusal(() -> Category.of(label)).field()).isEqualTo("category");
    }

    private SecretMetadata created(String name, @Nullable Category category) {
        return test.vault()
                .secrets()
                .create(
                        OWNER,
                        new NewSecret(new SecretName(name), category, Description.NONE, SecretValue.of("a-value")));
    }
}
