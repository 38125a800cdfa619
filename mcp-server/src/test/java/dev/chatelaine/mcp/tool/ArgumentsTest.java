package dev.chatelaine.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    static Stream<Number> three() {
        return Stream.of(
                3, 3L, (short) 3, 3.0, 3.0f, new BigInteger("3"), new BigDecimal("3.00"), new BigDecimal("0.3e1"));
    }

    @ParameterizedTest
    @MethodSource("three")
    void aWholeNumberIsOneHoweverItIsWritten(Number three) {
        assertThat(list("limit", three).positive("limit")).isEqualTo(3);
    }

    static Stream<Object> notPositive() {
        return Stream.of(
                3.5,
                0,
                -1,
                -0.0,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                1e300,
                new BigInteger("9223372036854775808"),
                new BigDecimal("1e999999999"),
                new BigDecimal("1e-999999999"),
                "3",
                true,
                List.of(3));
    }

    @ParameterizedTest
    @MethodSource("notPositive")
    void anythingElseIsRefused(Object value) {
        assertRefused(() -> list("limit", value).positive("limit"), "limit");
    }

    @Test
    void nullIsAbsent() {
        Map<String, Object> given = new HashMap<>();
        SecretAction.ALL.forEach(action -> action.properties().forEach(field -> given.put(field, null)));
        Arguments arguments = Arguments.of(given, SecretAction.LIST);

        assertThat(arguments.has("query")).isFalse();
        assertThat(arguments.text("query")).isNull();
        assertThat(arguments.positive("limit")).isNull();
        assertThat(arguments.texts("query")).isNull();
        assertThat(arguments.flag("include_deleted")).isFalse();
        assertRefused(() -> arguments.requiredText("category"), "category");
        assertRefused(() -> arguments.requiredPositive("limit"), "limit");
    }

    @Test
    void wrongTypesAreRefused() {
        assertRefused(() -> list("query", 1).text("query"), "query");
        assertRefused(() -> list("include_deleted", "true").flag("include_deleted"), "include_deleted");
        assertRefused(() -> list("query", List.of("a", 1)).texts("query"), "query");
        assertRefused(() -> list("query", Arrays.asList("a", null)).texts("query"), "query");
        assertRefused(() -> list("query", "a").texts("query"), "query");
    }

    @Test
    void anUnknownArgumentIsNamed() {
        assertThatThrownBy(() -> list("colour", "red"))
                .hasMessageContaining("colour")
                .hasMessageContaining("include_deleted")
                .hasMessageNotContaining("red");
        assertRefused(() -> list("version", 1), "version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-canary1", "Colour", "a b", "", "with\nbreak"})
    void anUnknownArgumentThatMayBeAValueIsNot(String field) {
        assertThatThrownBy(() -> list(field, "red")).isInstanceOfSatisfying(VaultException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_FIELD);
            assertThat(e.field()).isNull();
            assertThat(e.text()).isEqualTo(refusalOf("SOMETHING"));
        });
        assertThatThrownBy(() -> list("a".repeat(41), 1)).hasMessageNotContaining("aaaa");
    }

    @Test
    void theyAreNotPrinted() {
        assertThat(list("query", "canary")).hasToString("Arguments[redacted]");
    }

    private static String refusalOf(String field) {
        try {
            list(field, 1);
        } catch (VaultException e) {
            return e.text();
        }
        throw new AssertionError("not refused");
    }

    private static Arguments list(String field, Object value) {
        return Arguments.of(Bench.arguments("action", "list", field, value), SecretAction.LIST);
    }

    private static void assertRefused(ThrowingCallable call, String field) {
        assertThatThrownBy(call).isInstanceOfSatisfying(VaultException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_FIELD);
            assertThat(e.field()).isEqualTo(field);
        });
    }
}
