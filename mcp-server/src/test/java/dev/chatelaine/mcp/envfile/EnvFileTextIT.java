package dev.chatelaine.mcp.envfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.crypto.SecretValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read again by the real {@code sh}, and by our own reader. */
@DisabledOnOs(OS.WINDOWS)
class EnvFileTextIT {
    private static final List<String> VALUES = List.of(
            "plain",
            "two words # no comment",
            "first\nsecond\n\nlast\n",
            "it's",
            "say \"it's\"",
            "$HOME `id` $(id) ${X}",
            "it's $HOME `id` \\",
            "\\",
            "a\\\\b",
            "a\\nb",
            "'",
            "\"",
            "tab\there",
            "  blanks around  ",
            "-n",
            "=",
            "süß € 🔑 العربية",
            "cr\rhere",
            "{\"type\": \"service_account\", \"key\": \"-----BEGIN\\nMII+/=\\n\"}");

    @TempDir
    private Path folder;

    private List<String> shellRead(List<String> values) throws IOException, InterruptedException {
        Map<String, SecretValue> named = named(values);
        try (EnvFile file = EnvFile.at(folder.resolve("env"))) {
            file.write(named);
            StringBuilder script = new StringBuilder(". \"$1\"\n");
            named.keySet()
                    .forEach(name ->
                            script.append("printf '%s\\0' \"$").append(name).append("\"\n"));
            Process shell = new ProcessBuilder(
                            "sh", "-c", script.toString(), "sh", file.path().toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(shell.waitFor()).isZero();
            return List.of(read.split("\0", -1)).subList(0, values.size());
        }
    }

    private static Map<String, SecretValue> named(List<String> values) {
        Map<String, SecretValue> named = new LinkedHashMap<>();
        values.forEach(value -> named.put("KEY_" + named.size(), SecretValue.of(value)));
        return named;
    }

    @Test
    void aShellReadsEveryValueAsItIs() throws Exception {
        assertThat(shellRead(VALUES)).isEqualTo(VALUES);
    }

    @Test
    void aShellReadsAnyMixtureOfWhatIsSpecialToIt() throws Exception {
        Random random = new Random(11);
        String special = "'\"\\$`\n# =a!*~";
        for (int round = 0; round < 20; round++) {
            List<String> values = random.ints(40, 1, 9)
                    .mapToObj(length -> random.ints(length, 0, special.length())
                            .mapToObj(at -> special.substring(at, at + 1))
                            .reduce("", String::concat))
                    .toList();
            assertThat(shellRead(values)).isEqualTo(values);
            assertThat(values(EnvFileReader.read(EnvFileText.of(named(values)))))
                    .isEqualTo(values(named(values)));
        }
    }

    @Test
    void theReaderReadsThemToo() {
        assertThat(values(EnvFileReader.read(EnvFileText.of(named(VALUES))))).isEqualTo(values(named(VALUES)));
    }

    @Test
    void quotesAreTheSimplestThatHoldAValue() {
        assertThat(EnvFileText.quoted("a $b\nc")).isEqualTo("'a $b\nc'");
        assertThat(EnvFileText.quoted("it's")).isEqualTo("\"it's\"");
        assertThat(EnvFileText.quoted("it's $b")).isEqualTo("\"it's \\$b\"");
        assertThat(EnvFileText.quoted("c:\\dir")).isEqualTo("'c:\\dir'");
        assertThat(EnvFileText.quoted("c:\\dir\\")).isEqualTo("\"c:\\\\dir\\\\\"");
    }

    private static List<SecretValue> values(List<Assignment> read) {
        return read.stream().map(Assignment::value).toList();
    }

    private static List<SecretValue> values(Map<String, SecretValue> named) {
        return List.copyOf(named.values());
    }
}
