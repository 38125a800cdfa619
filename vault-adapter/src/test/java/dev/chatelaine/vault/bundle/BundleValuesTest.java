package dev.chatelaine.vault.bundle;

import static dev.chatelaine.vault.TestSessions.values;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleValuesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a", "lower", "Mixed", "1ST", "_A", "A-B", "A B", "A.B", "A=B", "Ä", "A\n", "A\0", "ＡＢＣ", "A\ud83d"
            })
    void whatIsNoVariablesNameIsRefusedAndNotRepeated(String name) {
        VaultException refused = refusal(() -> BundleValues.of(Map.of(name, "value")));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_NAME);
        assertThat(refused.field()).isEqualTo("values");
        if (name.length() > 1) {
            assertThat(refused.text()).doesNotContain(name);
        }
    }

    @Test
    void aNameHas128CharactersAtMost() {
        assertThat(new KeyName("A".repeat(128)).value()).hasSize(128);
        assertThat(refusal(() -> new KeyName("A".repeat(129))).code()).isEqualTo(ErrorCode.INVALID_NAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CHATELAINE_ROOT_KEY",
                "CHATELAINE_",
                "PATH",
                "LD_PRELOAD",
                "LD_LIBRARY_PATH",
                "DYLD_INSERT_LIBRARIES",
                "DYLD_",
                "NODE_OPTIONS",
                "JAVA_TOOL_OPTIONS",
                "PYTHONPATH",
                "HOME",
                "SHELL",
                "IFS",
                "BASH_ENV",
                "ENV"
            })
    void whatChangesHowAProgramRunsIsReserved(String name) {
        VaultException refused = refusal(() -> values("FINE", "value", name, "value"));

        assertThat(refused.code()).isEqualTo(ErrorCode.RESERVED_KEY_NAME);
        assertThat(refused.field()).isEqualTo("values");
        assertThat(refused.text()).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PATHS", "MY_PATH", "HOME_DIR", "ENVIRONMENT", "CHATELAINE", "DYLD", "LLM_API_KEY", "A", "A_1"})
    void whatOnlyResemblesThemIsNot(String name) {
        assertThat(values(name, "value").values()).containsKey(new KeyName(name));
    }

    @Test
    void thereAreFiftyValuesAtMostAndOneAtLeast() {
        Map<String, String> given = new TreeMap<>();
        for (int i = 0; i < 50; i++) {
            given.put("KEY_" + i, "value");
        }
        assertThat(BundleValues.of(given).values()).hasSize(50);
        given.put("KEY_50", "value");

        VaultException refused = refusal(() -> BundleValues.of(given));

        assertThat(refused.code()).isEqualTo(ErrorCode.TOO_MANY_KEYS);
        assertThat(refused.field()).isEqualTo("values");
        assertThat(refusal(() -> BundleValues.of(Map.of())).code()).isEqualTo(ErrorCode.VALUE_REQUIRED);
        assertThat(refusal(() -> new BundleValues(new TreeMap<>())).code()).isEqualTo(ErrorCode.VALUE_REQUIRED);
    }

    @Test
    void aValueHas65536BytesAtMostAndNotSoManyCharacters() {
        assertThat(values("A", "x".repeat(65_536)).values()).hasSize(1);
        assertThat(values("A", "ü".repeat(32_768)).values()).hasSize(1);
        assertThat(values("A", "🔑".repeat(16_384)).values()).hasSize(1);

        for (String tooLong : new String[] {"x".repeat(65_537), "ü".repeat(32_768) + "x", "x" + "🔑".repeat(16_384)}) {
            VaultException refused = refusal(() -> values("FINE", "value", "A", tooLong));
            assertThat(refused.code()).isEqualTo(ErrorCode.VALUE_TOO_LARGE);
            assertThat(refused.field()).isEqualTo("values.A");
        }
    }

    @Test
    void aValueIsNeitherEmptyNorAMaskNorHalfACharacter() {
        assertRefused(ErrorCode.VALUE_REQUIRED, "");
        assertRefused(ErrorCode.VALUE_IS_MASK, "••••••••");
        assertRefused(ErrorCode.VALUE_IS_MASK, "SecretValue[redacted]");
        assertRefused(ErrorCode.VALUE_IS_MASK, "sk-…abcd");
        assertRefused(ErrorCode.INVALID_VALUE, "half \ud83d");
    }

    @Test
    void aKeyThatStrayedIntoAName() {
        VaultException refused = refusal(() -> values("AKIAIOSFODNN7EXAMPLE", "value"));

        assertThat(refused.code()).isEqualTo(ErrorCode.VALUE_IN_WRONG_FIELD);
        assertThat(refused.text()).doesNotContain("AKIA");
        assertThat(refusal(() -> BundleName.of("sk-proj-" + "a1b2c3d4e5".repeat(4)))
                        .code())
                .isEqualTo(ErrorCode.VALUE_IN_WRONG_FIELD);
    }

    @Test
    void itShowsItsNamesAlone() {
        assertThat(values("B", "secret", "A", "other").toString()).isEqualTo("BundleValues[A, B]");
    }

    private static void assertRefused(ErrorCode code, String value) {
        VaultException refused = refusal(() -> values("FINE", "value", "A", value));
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.field()).isEqualTo("values.A");
    }
}
