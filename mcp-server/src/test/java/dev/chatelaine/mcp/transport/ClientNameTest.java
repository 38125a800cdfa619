package dev.chatelaine.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.spec.McpSchema.Implementation;
import org.junit.jupiter.api.Test;

class ClientNameTest {

    @Test
    void keepsAnOrdinaryNameAndNothingElseOfTheHost() {
        assertThat(ClientName.of(
                        Implementation.builder("Claude 桌面", "1").title("t").build()))
                .isEqualTo("Claude 桌面");
    }

    @Test
    void dropsWhatATerminalOrAPersonCouldBeFooledWith() {
        assertThat(ClientName.of(Implementation.builder("\u001b[2Ja\r\nb\u202ec\u0000\u2028d\u200be", "1")
                        .build()))
                .isEqualTo("[2Jabcde");
    }

    @Test
    void isBoundedInWholeCharacters() {
        assertThat(ClientName.of(Implementation.builder("😀".repeat(1_000), "1").build()))
                .isEqualTo("😀".repeat(ClientName.LONGEST));
    }

    @Test
    void isNothingWhereNothingIsLeft() {
        assertThat(ClientName.of(Implementation.builder("\u200b \t", "1").build()))
                .isNull();
        assertThat(ClientName.of(null)).isNull();
    }
}
