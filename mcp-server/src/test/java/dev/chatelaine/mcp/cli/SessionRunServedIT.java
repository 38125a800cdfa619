package dev.chatelaine.mcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code serve}, {@code session run} and a command in it, three processes of the real program on one vault. */
@DisabledOnOs(OS.WINDOWS)
class SessionRunServedIT {
    private static final String SERVES = "Chatelaine serves at ";
    private static final String FIRST = "correct-horse-battery-1";
    private static final String SECOND = "staple-correct-horse-2";
    private static final String THIRD = "battery-staple-correct-3";
    private static final String TELLS = "echo \"has ${KEY##*-}: $KEY\"; while read line; do echo \"$line\"; done";

    @TempDir
    private Path folder;

    private Shell shell;
    private RunningProgram served;
    private String address;

    @BeforeEach
    void open() throws IOException {
        shell = new Shell(folder);
        rotate(FIRST, false);
        serve(Integer.toString(FreePort.next()));
    }

    @AfterEach
    void close() {
        served.close();
    }

    private void serve(String port) throws IOException {
        Program program = new Program(folder);
        served = new RunningProgram(program.builder(program.command("serve", "--port", port)), folder);
        address = String.valueOf(served.line()).substring(SERVES.length());
    }

    private void rotate(String value, boolean replace) {
        List<String> command = new ArrayList<>(List.of("bundle", "import", "bot", "--from", "-"));
        if (replace) {
            command.add("--replace");
        }
        assertThat(shell.input("KEY=" + value).run(command.toArray(String[]::new)))
                .as(shell.err())
                .isZero();
    }

    private RunningProgram start(String... arguments) throws IOException {
        Program program = new Program(folder);
        List<String> all = new ArrayList<>(List.of("session", "run", "--bundle", "bot", "--server", address));
        all.addAll(List.of(arguments));
        ProcessBuilder builder = program.builder(program.command(all.toArray(String[]::new)));
        builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
        return new RunningProgram(builder, folder);
    }

    private JsonNode sessions() {
        assertThat(shell.run("session", "list", "--json")).as(shell.err()).isZero();
        return shell.json().path("sessions");
    }

    @Test
    void restartGetsARotatedKeyIn() throws Exception {
        try (RunningProgram running = start("--", "sh", "-c", TELLS)) {
            assertThat(running.line()).isEqualTo("has 1: ••••");
            assertThat(sessions().path(0).path("key_names").path(0).stringValue())
                    .isEqualTo("KEY");
            rotate(SECOND, true);
            assertThat(running.line()).isEqualTo("has 2: ••••");
            running.type("was " + FIRST);
            assertThat(running.line()).isEqualTo("was ••••");
            rotate(THIRD, true);
            assertThat(running.line()).isEqualTo("has 3: ••••");
            running.process().getOutputStream().close();
            assertThat(running.code()).isZero();
            assertThat(running.err()).isEmpty();
        }
        assertThat(sessions()).isEmpty();
    }

    @Test
    void signalGetsARotatedKeyIn() throws Exception {
        Path stop = folder.resolve("stop");
        String script = "trap '. \"$CHATELAINE_ENV_FILE\"; echo \"has ${KEY##*-}: $KEY\"' HUP; "
                + "echo \"has ${KEY##*-}: $KEY\"; until test -e " + stop + "; do sleep 0.1; done; exit 3";
        try (RunningProgram running = start("--on-update=signal", "--", "sh", "-c", script)) {
            assertThat(running.line()).isEqualTo("has 1: ••••");
            rotate(SECOND, true);
            assertThat(running.line()).isEqualTo("has 2: ••••");
            rotate(THIRD, true);
            assertThat(running.line()).isEqualTo("has 3: ••••");
            Files.createFile(stop);
            assertThat(running.code()).isEqualTo(3);
        }
        assertThat(folder).isDirectoryNotContaining("glob:**chatelaine-*");
    }

    @Test
    void fileGetsARotatedKeyIn() throws Exception {
        Path file = folder.resolve(".env");
        String script = "echo \"has ${KEY##*-}\"; until grep -q staple \"$CHATELAINE_ENV_FILE\"; do sleep 0.1; done; "
                + ". \"$CHATELAINE_ENV_FILE\"; echo \"has ${KEY##*-}: $KEY\"";
        try (RunningProgram running =
                start("--on-update=file", "--env-file", file.toString(), "--", "sh", "-c", script)) {
            assertThat(running.line()).isEqualTo("has 1");
            rotate(SECOND, true);
            assertThat(running.line()).isEqualTo("has 2: ••••");
            assertThat(running.code()).isZero();
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aSingleSecretIsRotatedInToo() throws Exception {
        assertThat(shell.input(FIRST).run("secret", "set", "single")).isZero();
        String script = "echo \"has ${ONE##*-}: $ONE\"; while read line; do echo \"$line\"; done";
        try (RunningProgram running = start("--secret", "ONE=single", "--", "sh", "-c", script)) {
            assertThat(running.line()).isEqualTo("has 1: ••••");
            assertThat(shell.input(SECOND).run("secret", "set", "single")).isZero();
            assertThat(running.line()).isEqualTo("has 2: ••••");
        }
    }

    @Test
    void aServerThatIsKilledIsFoundAgainAndWhatWasMissedIsMadeUp() throws Exception {
        try (RunningProgram running = start("--", "sh", "-c", TELLS)) {
            assertThat(running.line()).isEqualTo("has 1: ••••");
            String port = address.substring(address.lastIndexOf(':') + 1);
            served.close();
            rotate(SECOND, true);
            running.type("goes on");
            assertThat(running.line()).isEqualTo("goes on");
            serve(port);
            assertThat(running.line()).isEqualTo("has 2: ••••");
        }
    }

    @Test
    void aSessionThatIsStoppedByTheOperatorEndsItsCommand() throws Exception {
        try (RunningProgram running = start("--", "sh", "-c", TELLS)) {
            assertThat(running.line()).isEqualTo("has 1: ••••");
            String id = sessions().path(0).path("id").stringValue();
            assertThat(shell.run("session", "stop", id)).as(shell.err()).isZero();
            assertThat(running.code()).isEqualTo(75);
            assertThat(running.err()).contains("the session is over");
        }
        assertThat(sessions()).isEmpty();
    }

    @Test
    void theServersRefusalsAreSaid() throws Exception {
        rotate(SECOND, true);
        shell.input("KEY=x").run("bundle", "import", "other", "--from", "-");
        try (RunningProgram collides = start("--bundle", "other", "--", "true")) {
            assertThat(collides.code()).isEqualTo(1);
            assertThat(collides.err()).contains("KEY", "bot", "other");
        }
        try (RunningProgram missing = start("--bundle", "none", "--", "true")) {
            assertThat(missing.code()).isEqualTo(1);
            assertThat(missing.err()).contains("none");
        }
        assertThat(sessions()).isEmpty();
        served.terminate();
        assertThat(served.code()).isEqualTo(143);
        assertThat(served.err()).doesNotContain(FIRST, SECOND, "crt_");
    }

    @Test
    void aTokenOfAnotherInstanceIsRefused() throws Exception {
        Program program = new Program(Files.createDirectory(folder.resolve("elsewhere")));
        Program.Ended ended = program.run("", "session", "run", "--bundle", "bot", "--server", address, "--", "true");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("does not take the token", "where this vault is served");
    }
}
