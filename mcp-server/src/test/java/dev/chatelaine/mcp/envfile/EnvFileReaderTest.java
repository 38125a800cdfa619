package dev.chatelaine.mcp.envfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvFileReaderTest {
    private static Map<String, SecretValue> read(String text) {
        Map<String, SecretValue> values = new LinkedHashMap<>();
        EnvFileReader.read(text.getBytes(StandardCharsets.UTF_8)).forEach(read -> values.put(read.key(), read.value()));
        return values;
    }

    private static Map<String, SecretValue> of(String... pairs) {
        Map<String, SecretValue> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], SecretValue.of(pairs[i + 1]));
        }
        return values;
    }

    private static VaultException refused(String text) {
        return catchThrowableOfType(VaultException.class, () -> read(text));
    }

    @Test
    void linesAreKeysAndValuesAndCommentsAndNothing() {
        assertThat(
                        read(
                                "# a comment\n\nA=one\n  export B = two words \t\n\tC=x=y#z # comment\nexport\tD=4\nEXPORTED=5"))
                .isEqualTo(of("A", "one", "B", "two words", "C", "x=y#z", "D", "4", "EXPORTED", "5"));
        assertThat(read("")).isEmpty();
        assertThat(read("# only\n   # comments")).isEmpty();
    }

    @Test
    void singleQuotesTakeEverythingAsItIs() {
        assertThat(read("A='a \"b\" \\n $HOME # no comment'\nB='two\nlines' # comment\nC=' '"))
                .isEqualTo(of("A", "a \"b\" \\n $HOME # no comment", "B", "two\nlines", "C", " "));
    }

    @Test
    void doubleQuotesHaveEscapes() {
        assertThat(read("A=\"a\\nb\\tc\\rd\\\\e\\\"f\\$g\\`h\\xi\\'j\"\nB=\"two\nlines\"#comment\nC=\"it's\""))
                .isEqualTo(of("A", "a\nb\tc\rd\\e\"f$g`h\\xi\\'j", "B", "two\nlines", "C", "it's"));
    }

    @Test
    void nothingIsExpanded() {
        assertThat(read("A=$HOME\nB=\"${A}\"\nC=`id`\nD=\\n"))
                .isEqualTo(of("A", "$HOME", "B", "${A}", "C", "`id`", "D", "\\n"));
    }

    @Test
    void aByteOrderMarkAndTheLineBreaksOfWindowsAreNoPartOfValues() {
        assertThat(read("\ufeffA=one\r\nB='x\r\ny'\r\n\r\nC=\"z\"\r\n"))
                .isEqualTo(of("A", "one", "B", "x\ny", "C", "z"));
    }

    @Test
    void linesAreCountedThroughValuesOfSeveralLines() {
        assertThat(EnvFileReader.read("# 1\nA='\n\n'\nB=2".getBytes(StandardCharsets.UTF_8)))
                .extracting(Assignment::line)
                .containsExactly(2, 5);
        assertThat(refused("A='1\n2\n3'\nB=\"\n\n\"\noops").getMessage()).startsWith("Line 7 has no =");
    }

    @Test
    void aKeyThatIsThereTwiceIsRefusedWithBothLines() {
        assertThat(refused("A=sk-first\nB=2\n\nA=sk-second").getMessage())
                .isEqualTo("Line 4: A is set twice, first in line 1. Keep one.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sk-secret-alone        | Line 2 has no =",
                "=sk-secret             | Line 2 has no name",
                "A='sk-secret           | Line 2: the quote that A opens is never closed",
                "A=\"sk-secret\\\"      | Line 2: the quote that A opens is never closed",
                "A='sk-secret'x         | Line 2: there is more behind the closing quote of A",
                "A='sk-it'\\''secret'   | Line 2: there is more behind the closing quote of A",
                "A=                     | Line 2: A has no value",
                "A=# sk-secret          | Line 2: A has no value",
                "A=''                   | Line 2: A has no value",
                "MIIEvQIBADsecret=      | Line 2: a key has no value",
            })
    void whatIsNoLineIsRefusedByItsNumberAndNotShown(String line, String message) {
        VaultException refused = refused("# first\n" + line);
        assertThat(refused.getMessage()).startsWith(message).doesNotContain("sk-", "secret", "MII");
        assertThat(refused.code()).isIn(ErrorCode.INVALID_FIELD, ErrorCode.VALUE_REQUIRED);
    }

    @Test
    void aValueThatIsTooLongIsRefusedByItsLine() {
        assertThat(read("A=" + "x".repeat(65_536))).hasSize(1);
        VaultException refused = refused("\nA=" + "x".repeat(65_537));
        assertThat(refused.code()).isEqualTo(ErrorCode.VALUE_TOO_LARGE);
        assertThat(refused.getMessage()).startsWith("Line 2: A: ").hasSizeLessThan(300);
    }

    @Test
    void whatIsNotUtf8IsRefusedByItsLine() {
        byte[] file = "A=1\nB=sk-\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        VaultException refused = catchThrowableOfType(VaultException.class, () -> EnvFileReader.read(file));
        assertThat(refused.getMessage()).startsWith("Line 2 is not UTF-8").doesNotContain("sk-");
    }
}
