package dev.chatelaine.mcp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class CommandLineIT {
    private static final String VALUE = "correct-horse-battery-9fQ2";

    @TempDir
    private Path folder;

    private Program program;

    @BeforeEach
    void open() {
        program = new Program(folder);
    }

    private void store(String name, String value) {
        done(value, "secret", "set", name);
    }

    /** What comes before the process that a test is about, and needs none of its own. */
    private void done(String input, String... arguments) {
        Shell shell = new Shell(folder);
        assertThat(shell.input(input).run(arguments)).as(shell.err()).isZero();
    }

    private Process startRun(String script) throws IOException {
        return program.builder(program.command("run", "--secret", "KEY=stripe", "--", "sh", "-c", script))
                .start();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void aValueFromStandardInputReachesAChildAndIsMaskedInItsOutput() throws Exception {
        Program.Ended stored = program.run(VALUE + "\n", "secret", "set", "stripe");
        assertThat(stored.code()).as(stored.err()).isZero();
        String script = "printf 'start '; printf '%s' \"$KEY\" | cut -c1-9 | tr -d '\\n'; "
                + "printf '%s' \"$KEY\" | cut -c10-; echo \"err $KEY\" >&2; test ${#KEY} = " + VALUE.length();
        Program.Ended ended = program.run("", "run", "--secret", "KEY=stripe", "--", "sh", "-c", script);
        assertThat(ended).isEqualTo(new Program.Ended(0, "start ••••\n", "err ••••\n"));
    }

    @Test
    void standardInputAndTheExitCodeAreTheChilds() throws Exception {
        store("stripe", VALUE);
        Program.Ended ended = program.run("from afar\n", "run", "--secret", "KEY=stripe", "sh", "-c", "cat; exit 7");
        assertThat(ended.out()).isEqualTo("from afar\n");
        assertThat(ended.code()).isEqualTo(7);
        assertThat(program.run("", "run", "--", "sh", "-c", "kill -9 $$").code())
                .isEqualTo(137);
        assertThat(program.run("", "run", "--", "echo", "@file", "--help").out())
                .isEqualTo("@file --help\n");
    }

    @Test
    void whatCannotBeStartedIsRefusedWithoutAValue() throws Exception {
        store("stripe", VALUE);
        Program.Ended missing = program.run("", "run", "--secret", "KEY=stripe", "--", "no-such-program-anywhere");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err())
                .startsWith("chatelaine: The command cannot be started")
                .doesNotContain(VALUE, "\tat ");
        for (String reserved : List.of("PATH", "LD_PRELOAD", "DYLD_X", "CHATELAINE_HOME", "BASH_ENV", "lower")) {
            Program.Ended refused = program.run("", "run", "--secret", reserved + "=stripe", "--", "true");
            assertThat(refused.code()).as(reserved).isEqualTo(1);
            assertThat(refused.err()).contains("Nothing was changed or started");
        }
        store("nul", "a\0bcdefgh");
        Program.Ended nul = program.run("", "run", "--secret", "KEY=nul", "--", "true");
        assertThat(nul.code()).isEqualTo(1);
        assertThat(nul.err()).contains("NUL", "Nothing was started");
        assertThat(program.run("", "run", "--secret", "KEY=stripe", "--secret", "KEY=nul", "--", "true")
                        .code())
                .isEqualTo(2);
        assertThat(program.run("", "run", "--secret", "KEY=stripe").code()).isEqualTo(2);
    }

    @Test
    void aShortValueIsNotMaskedAndThatIsSaid() throws Exception {
        store("pin", "042");
        Program.Ended ended = program.run("", "run", "--secret", "PIN=pin", "--", "sh", "-c", "echo $PIN");
        assertThat(ended.out()).isEqualTo("042\n");
        assertThat(ended.err()).contains("pin is too short to be masked").doesNotContain("042");
    }

    @Test
    void aBundlesValuesAreInTheChildsEnvironmentBesideSecrets() throws Exception {
        store("stripe", VALUE);
        done("TOKEN='two\nlines-of-it'\nURL=https://x\n", "bundle", "import", "bot", "--from", "-");
        String script = "echo \"$KEY $TOKEN $URL\"; test \"$TOKEN\" = 'two\nlines-of-it'";
        Program.Ended ended =
                program.run("", "run", "--bundle", "bot", "--secret", "KEY=stripe", "--", "sh", "-c", script);
        assertThat(ended).isEqualTo(new Program.Ended(0, "•••• •••• ••••\n", ""));
    }

    @Test
    void aVariableWithTwoValuesIsRefusedBeforeAnythingIsOpened() throws Exception {
        store("stripe", VALUE);
        for (String bundle : List.of("one", "two")) {
            done("TOKEN=" + VALUE, "bundle", "import", bundle, "--from", "-");
        }
        Program.Ended bundles = program.run("", "run", "--bundle", "one", "--bundle", "two", "--", "true");
        assertThat(bundles.code()).isEqualTo(1);
        assertThat(bundles.err())
                .contains("TOKEN would have two values: from the bundle one and from the bundle two")
                .doesNotContain(VALUE);
        Program.Ended both = program.run("", "run", "--bundle", "one", "--secret", "TOKEN=stripe", "--", "true");
        assertThat(both.err()).contains("TOKEN", "the secret stripe", "the bundle one");
        assertThat(program.run("", "run", "--bundle", "one", "--bundle", "one", "--", "true")
                        .code())
                .isEqualTo(2);
        assertThat(program.run("", "run", "--bundle", "none", "--", "true").err())
                .contains("no bundle none");
    }

    @Test
    void theChildDoesNotGetTheRootKey() throws Exception {
        ProcessBuilder builder = program.builder(program.command("run", "--", "sh", "-c", "env"));
        builder.environment().put("CHATELAINE_ROOT_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        builder.environment().put("CHATELAINE_TOKEN", "person-token");
        assertThat(program.run(builder, "").out())
                .contains("CHATELAINE_HOME=")
                .doesNotContain("ROOT_KEY", "CHATELAINE_TOKEN");
    }

    @Test
    void noProcesssArgumentsHoldAValue() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc here");
        store("stripe", VALUE);
        Process running = startRun("echo ready; read line");
        assertThat(reader(running).readLine()).isEqualTo("ready");
        List<ProcessHandle> all = Stream.concat(Stream.of(running.toHandle()), running.descendants())
                .toList();
        assertThat(all).hasSizeGreaterThanOrEqualTo(2);
        assertThat(all.stream().map(CommandLineIT::arguments)).noneMatch(line -> line.contains(VALUE));
        assertThat(arguments(all.get(0))).contains("KEY=stripe");
        running.getOutputStream().close();
        assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private static String arguments(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aSignalGoesToTheChildWhichHasTheLastWord() throws Exception {
        store("stripe", VALUE);
        for (String signal : signalsThatGetThrough()) {
            Process running = startRun("trap 'echo told $KEY; exit 5' TERM; echo ready; while :; do read line; done");
            BufferedReader out = reader(running);
            assertThat(out.readLine()).isEqualTo("ready");
            new ProcessBuilder("kill", "-" + signal, Long.toString(running.pid()))
                    .start()
                    .waitFor();
            assertThat(out.lines().collect(Collectors.joining("\n"))).isEqualTo("told ••••");
            assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(running.exitValue()).as(signal).isEqualTo(5);
        }
    }

    /** A process that was started in the background by a script ignores SIGINT, and hands that down. */
    private static List<String> signalsThatGetThrough() throws IOException {
        Path status = Path.of("/proc/self/status");
        boolean interruptIgnored = Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 0b10) != 0);
        return interruptIgnored ? List.of("TERM") : List.of("TERM", "INT");
    }

    @Test
    void theChildsOutputComesWhileItRuns() throws Exception {
        store("stripe", VALUE);
        Process running = startRun("printf 'Sure? '; read line; echo \"got $line\"");
        BufferedReader out = reader(running);
        StringBuilder prompt = new StringBuilder();
        while (prompt.length() < "Sure? ".length()) {
            prompt.append((char) out.read());
        }
        try (var stdin = running.getOutputStream()) {
            stdin.write("yes\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(prompt + out.readLine()).isEqualTo("Sure? got yes");
        assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aTerminalIsAskedWithoutShowingTheValue() throws Exception {
        List<String> command = new ArrayList<>(program.command("secret", "set", "typed"));
        String quoted = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no script(1) here");
        ProcessBuilder builder = program.builder(List.of("/usr/bin/script", "-qec", quoted, "/dev/null"));
        Process terminal = builder.redirectErrorStream(true).start();
        BufferedReader screen = reader(terminal);
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf("(hidden): ") < 0) {
            int read = screen.read();
            assertThat(read).as(seen.toString()).isNotNegative();
            seen.append((char) read);
        }
        try (var keys = terminal.getOutputStream()) {
            keys.write((VALUE + "\n").getBytes(StandardCharsets.UTF_8));
            keys.flush();
            screen.lines().forEach(line -> seen.append(line).append('\n'));
        }
        assertThat(terminal.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(seen.toString())
                .contains("Value of typed (hidden): ", "Stored typed (version 1, ends in …9fQ2).")
                .doesNotContain(VALUE);
    }

    @Test
    void aRunWithoutAVaultMakesNone() throws Exception {
        assertThat(program.run("", "run", "--", "true").code()).isZero();
        assertThat(program.run("", "secret", "set", "stripe", VALUE).err()).doesNotContain(VALUE);
        assertThat(folder.resolve("home")).doesNotExist();
    }
}
