package dev.chatelaine.vault.secret;

import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretListTest {
    @RegisterExtension
    final TestVault test = new TestVault();

    @Test
    void listsByName() {
        for (String name : List.of("b", "a", "B", "a1", "0", "a-1", "a_1")) {
            test.create(name, "v");
        }

        assertThat(pages(200, null)).containsExactly(List.of("0", "B", "a", "a-1", "a1", "a_1", "b"));
    }

    @Test
    void theFirstPageHoldsFiftyUnlessAskedOtherwise() {
        IntStream.range(0, 51).forEach(i -> test.create("token-" + i, "v"));

        SecretPage page = test.vault().secrets().list(OWNER, SecretQuery.all());

        assertThat(page.secrets()).hasSize(50);
        assertThat(page.nextCursor()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"1, 7", "3, 3", "6, 2", "7, 1", "8, 1", "200, 1"})
    void pagesHoldEachSecretOnceAndTheLastHasNoCursor(int limit, int expected) {
        IntStream.range(0, 7).forEach(i -> test.create("token-" + i, "v"));

        List<List<String>> pages = pages(limit, null);

        assertThat(pages).hasSize(expected);
        assertThat(pages.stream().flatMap(List::stream))
                .containsExactlyElementsOf(
                        IntStream.range(0, 7).mapToObj(i -> "token-" + i).toList());
    }

    @Test
    void aTenantWithoutSecretsHasOneEmptyPage() {
        assertThat(pages(1, null)).containsExactly(List.of());
    }

    @Test
    void pagesStayInStepWhileSecretsComeAndGo() {
        IntStream.range(0, 6).forEach(i -> test.create("m" + i, "v"));
        SecretPage first = page(2, null, null, false);

        test.create("a-before", "v");
        test.create("m1-between", "v");
        delete("m1");
        delete("m4");

        SecretPage second = page(2, first.nextCursor(), null, false);
        SecretPage third = page(2, second.nextCursor(), null, false);
        assertThat(names(first)).containsExactly("m0", "m1");
        assertThat(names(second)).containsExactly("m1-between", "m2");
        assertThat(names(third)).containsExactly("m3", "m5");
        assertThat(third.nextCursor()).isNull();
    }

    @Test
    void pagesTellSecretsOfOneNameApart() {
        for (int i = 0; i < 4; i++) {
            test.create("token", "v" + i);
            delete("token");
        }
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            SecretPage page = page(1, cursor, null, true);
            page.secrets().forEach(secret -> ids.add(secret.id()));
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(ids).hasSize(4).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 201})
    void refusesALimitOutside1To200(int limit) {
        assertThat(refusal(() -> new SecretQuery(null, null, false, limit, null))
                        .field())
                .isEqualTo("limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "token", "\u00e9", "a b", "c2Vj", "====", "YQo", "CmE", "AAph"})
    void refusesACursorThatNoListGave(String cursor) {
        VaultException refused = refusal(() -> page(1, cursor, null, false));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_FIELD);
        assertThat(refused.field()).isEqualTo("cursor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\nc", "a", "a\n", "\nb", "a\nb\u0000", "' OR 1=1 --\nx"})
    void refusesACursorOfOtherParts(String parts) {
        String cursor = Base64.getUrlEncoder().encodeToString(parts.getBytes(StandardCharsets.UTF_8));

        assertThat(refusal(() -> page(1, cursor, null, false)).field()).isEqualTo("cursor");
    }

    @ParameterizedTest
    @CsvSource({
        "strip, 'stripe'",
        "STRIPE, 'stripe'",
        "%, 'percent'",
        "_, 'under_score'",
        "!, 'bang'",
        "!%, ''",
        "100%, 'percent'",
        "e, 'bang,percent,stripe,umlaut,under_score'",
        "\u00e4rger, 'umlaut'",
        "\u00c4RGER, 'umlaut'",
        "\u03a3\u03a3, 'umlaut'",
        "strasse, 'umlaut'",
        "\\, ''",
        "'''', ''"
    })
    void findsTextInNameOrDescriptionWhateverItsCase(String text, String found) {
        described("stripe", "pays for it");
        described("percent", "at 100% of the time");
        described("under_score", "named");
        described("bang", "whatever! it takes");
        described("umlaut", "\u00c4rger in der Stra\u00dfe, \u039f\u03b4\u03c5\u03c3\u03c3\u03ad\u03b1\u03c2");

        assertThat(String.join(",", names(page(200, null, text, false)))).isEqualTo(found);
    }

    @Test
    void aSearchIsPagedLikeAnythingElse() {
        IntStream.range(0, 9).forEach(i -> test.create((i % 2 == 0 ? "even-" : "odd-") + i, "v"));

        assertThat(pages(2, "EVEN"))
                .containsExactly(List.of("even-0", "even-2"), List.of("even-4", "even-6"), List.of("even-8"));
    }

    @Test
    void listsOneCategory() {
        test.create("provider_key_mistral", "k");
        described("token", "");

        SecretQuery query = new SecretQuery(Category.LLM_PROVIDER, null, false, 10, null);

        assertThat(names(test.vault().secrets().list(OWNER, query))).containsExactly("provider_key_mistral");
    }

    private void described(String name, String description) {
        test.vault()
                .secrets()
                .create(
                        OWNER,
                        new NewSecret(new SecretName(name), null, Description.of(description), SecretValue.of("v")));
    }

    private void delete(String name) {
        test.vault().secretHistory().delete(OWNER, new SecretName(name));
    }

    private List<List<String>> pages(int limit, @Nullable String text) {
        List<List<String>> pages = new ArrayList<>();
        String cursor = null;
        do {
            SecretPage page = page(limit, cursor, text, false);
            pages.add(names(page));
            cursor = page.nextCursor();
        } while (cursor != null);
        return pages;
    }

    private SecretPage page(int limit, @Nullable String cursor, @Nullable String text, boolean deleted) {
        return test.vault().secrets().list(OWNER, new SecretQuery(null, text, deleted, limit, cursor));
    }

    private static List<String> names(SecretPage page) {
        return page.secrets().stream().map(secret -> secret.name().value()).toList();
    }
}
