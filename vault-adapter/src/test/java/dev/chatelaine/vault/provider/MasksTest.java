package dev.chatelaine.vault.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasksTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "•",
                "••••",
                "****",
                "*",
                "●●●●●●●●",
                "…",
                "...",
                "••••abcd",
                "••••••••abcd",
                "****abcd",
                "…abcd",
                "...abcd",
                "sk-...abcd",
                "sk-…abcd",
                "sk-****abcd",
                "sk-ant-…abcd",
                "sk-ant-api03-...abcd",
                "gsk_••••",
                "AIza…wxyz",
                "xai-***",
                "[redacted]",
                "[REDACTED]",
                "<redacted>",
                "(redacted)",
                "SecretValue[redacted]",
                "  ••••abcd\n",
                "*•*•ab"
            })
    void isAMask(String text) {
        assertThat(Masks.isMask(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "abcd",
                "sk-abcd",
                "sk-proj-abcdefgh",
                "**a**b**c",
                "****abcde",
                "••••abcde",
                "x…abcd1",
                "pass***word",
                "*1",
                "..ab",
                "redacted",
                "[redacted] or so",
                "sk-",
                "my-…abcd",
                "a••••",
                "•••• abcd"
            })
    void isNoMask(String text) {
        assertThat(Masks.isMask(text)).isFalse();
    }

    @Test
    void anOrdinaryPasswordIsNeverAMask() {
        Random random = new Random(20_261_122);
        for (int i = 0; i < 200_000; i++) {
            String password = random.ints(10 + random.nextInt(40), '!', '~' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(Masks.isMask(password)).as("%s", password).isFalse();
        }
    }

    @Test
    void aLongTextIsAnsweredQuickly() {
        String stars = "*".repeat(1_000_000);
        Assertions.assertTimeout(Duration.ofSeconds(2), () -> {
            assertThat(Masks.isMask(stars)).isTrue();
            assertThat(Masks.isMask(stars + "abcde")).isFalse();
            assertThat(Masks.isMask("…*".repeat(250) + "abcde ")).isFalse();
        });
    }
}
