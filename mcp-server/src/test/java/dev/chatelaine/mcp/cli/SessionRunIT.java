package dev.chatelaine.mcp.cli;

import static dev.chatelaine.mcp.cli.RunningProgram.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What becomes of a command in a session. */
@DisabledOnOs(OS.WINDOWS)
class SessionRunIT extends SessionRunCase {
    private Path envFile() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().equals("env"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void restartStartsTheCommandAgainWithTheNewValueAndMasksOldAndNew() throws Exception {
        try (RunningProgram running = start("--", "sh", "-c", "echo " + FIRST + SECOND + "; " + TELLS)) {
            assertThat(running.line()).isEqualTo("••••" + SECOND);
            assertThat(running.line()).isEqualTo("has 1: ••••");
            followed();

            server.put("KEY", SECOND);

            assertThat(running.line()).isEqualTo("••••");
            assertThat(running.line()).isEqualTo("has 2: ••••");
            running.type("so it goes " + FIRST);
            assertThat(running.line()).isEqualTo("so it goes ••••");
            running.process().getOutputStream().close();
            assertThat(running.code()).isZero();
            assertThat(running.err()).isEmpty();
        }
        assertThat(server.requests).last().isEqualTo("POST /v1/sessions/ses_1/stop");
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void signalRewritesTheFileAndTellsTheCommand() throws Exception {
        Path stop = folder.resolve("stop");
        String script = "trap '. \"$CHATELAINE_ENV_FILE\"; echo \"has ${KEY##*-}: $KEY\"' HUP; "
                + "echo \"has ${KEY##*-}: $KEY\"; until test -e " + stop + "; do sleep 0.1; done";
        try (RunningProgram running = start("--on-update=signal", "--", "sh", "-c", script)) {
            assertThat(running.line()).isEqualTo("has 1: ••••");
            followed();

            server.put("KEY", SECOND);
            assertThat(running.line()).isEqualTo("has 2: ••••");
            server.put("KEY", THIRD);
            assertThat(running.line()).isEqualTo("has 3: ••••");

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(envFile())))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(envFile().getParent())))
                    .isEqualTo("rwx------");
            Files.createFile(stop);
            assertThat(running.code()).isZero();
        }
        assertThat(folder).isDirectoryNotContaining("glob:**chatelaine-*");
    }

    @Test
    void anotherSignalCanBeChosen() throws Exception {
        String script = "trap 'echo told' USR1; " + TELLS;
        try (RunningProgram running = start("--on-update=signal", "--signal", "sigusr1", "--", "sh", "-c", script)) {
            assertThat(running.line()).isEqualTo("has 1: ••••");
            followed();
            server.put("KEY", SECOND);
            assertThat(running.line()).isEqualTo("told");
        }
    }

    @Test
    void fileRewritesTheFileAlone() throws Exception {
        Path file = folder.resolve(".env");
        String script = "echo \"has ${KEY##*-}\"; until grep -q staple \"$CHATELAINE_ENV_FILE\"; do :; done; "
                + ". \"$CHATELAINE_ENV_FILE\"; echo \"has ${KEY##*-}: $KEY\"; exit 5";
        try (RunningProgram running =
                start("--on-update=file", "--env-file", file.toString(), "--", "sh", "-c", script)) {
            assertThat(running.line()).isEqualTo("has 1");
            followed();
            server.put("KEY", SECOND);
            assertThat(running.line()).isEqualTo("has 2: ••••");
            assertThat(running.code()).isEqualTo(5);
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void updatesThatComeInWhileTheCommandEndsAreOneRestart() throws Exception {
        String stubborn = "trap 'echo ending; read line; exit 0' TERM; " + TELLS;
        try (RunningProgram running = start("--grace", "50s", "--", "sh", "-c", stubborn)) {
            assertThat(running.line()).isEqualTo("has 1: ••••");
            followed();
            server.put("KEY", SECOND);
            assertThat(running.line()).isEqualTo("ending");
            fetched(FIRST, 3);
            fetched(THIRD, 4);
            // Values are fetched one after the other: who asks once more has taken in what came before.
            fetched(THIRD, 5);
            running.type("end");
            assertThat(running.line()).isEqualTo("has 3: ••••");
        }
    }

    private void fetched(String value, int times) throws Exception {
        server.put("KEY", value);
        await("it is read", () -> server.count("GET /v1/sessions/ses_1/env") >= times);
    }

    @Test
    void aCommandThatDoesNotEndIsKilledWithAllThatItStarted() throws Exception {
        String deaf = "trap '' TERM; sh -c 'trap \"\" TERM; echo inner $$; exec sleep 600' & " + TELLS;
        try (RunningProgram running = start("--grace", "1s", "--", "sh", "-c", deaf)) {
            List<String> lines =
                    List.of(running.line(), running.line()).stream().sorted().toList();
            assertThat(lines.get(0)).isEqualTo("has 1: ••••");
            long inner = Long.parseLong(lines.get(1).substring("inner ".length()));
            followed();
            server.put("KEY", SECOND);
            await(
                    "the inner one is gone",
                    () -> ProcessHandle.of(inner).filter(ProcessHandle::isAlive).isEmpty());
            assertThat(List.of(running.line(), running.line())).contains("has 2: ••••");
        }
    }

    @Test
    void whereValuesAreTheSameNothingIsStartedAgain() throws Exception {
        try (RunningProgram running = start("--", "sh", "-c", TELLS)) {
            assertThat(running.line()).isEqualTo("has 1: ••••");
            followed();
            server.put("KEY", FIRST);
            await("it is read", () -> server.count("GET /v1/sessions/ses_1/env") >= 2);
            running.type("still here");
            assertThat(running.line()).isEqualTo("still here");
        }
    }

    @Test
    void theExitCodeIsTheCommands() throws Exception {
        assertThat(run("--", "sh", "-c", "exit 7").code()).isEqualTo(7);
        assertThat(run("--", "sh", "-c", "kill -9 $$").code()).isEqualTo(137);
        assertThat(server.count("POST /v1/sessions/ses_1/stop")).isEqualTo(2);
    }

    @Test
    void aSignalGoesToTheCommandWhichHasTheLastWordAndThenTheSessionIsStopped() throws Exception {
        String script = "trap 'echo told $KEY; exit 5' TERM; " + TELLS;
        try (RunningProgram running = start("--on-update=file", "--", "sh", "-c", script)) {
            assertThat(running.line()).isEqualTo("has 1: ••••");
            running.terminate();
            assertThat(running.line()).isEqualTo("told ••••");
            assertThat(running.code()).isEqualTo(5);
        }
        assertThat(server.count("POST /v1/sessions/ses_1/stop")).isEqualTo(1);
        assertThat(folder).isDirectoryNotContaining("glob:**chatelaine-*");
    }

    @Test
    void aSessionThatIsStoppedElsewhereEndsTheCommand() throws Exception {
        try (RunningProgram running = start("--", "sh", "-c", "trap 'echo ending; exit 0' TERM; " + TELLS)) {
            assertThat(running.line()).isEqualTo("has 1: ••••");
            followed();
            server.stopSession();
            assertThat(running.line()).isEqualTo("ending");
            assertThat(running.code()).isEqualTo(75);
            assertThat(running.err()).contains("the session is over: it was stopped");
        }
        assertThat(server.count("POST /v1/sessions/ses_1/stop")).isZero();
    }

    @Test
    void aTokenThatWasRevokedEndsTheCommand() throws Exception {
        try (RunningProgram running = start("--", "sh", "-c", TELLS)) {
            assertThat(running.line()).isEqualTo("has 1: ••••");
            followed();
            server.revoke();
            server.drop();
            assertThat(running.code()).isEqualTo(75);
            assertThat(running.err()).contains("expired or was revoked");
        }
    }

    @Test
    void aServerThatWentAwayIsFoundAgainAndWhatWasMissedIsMadeUp() throws Exception {
        try (RunningProgram running = start("--", "sh", "-c", TELLS)) {
            assertThat(running.line()).isEqualTo("has 1: ••••");
            followed();
            server.goAway();
            running.type("goes on");
            assertThat(running.line()).isEqualTo("goes on");
            server.put("KEY", SECOND);
            server.comeBack();
            assertThat(running.line()).isEqualTo("has 2: ••••");
            assertThat(server.requests).contains("GET /v1/sessions/ses_1/events?revision=1");
            followed();
            server.put("KEY", THIRD);
            assertThat(running.line()).isEqualTo("has 3: ••••");
        }
    }

    @Test
    void pingsAreAnsweredAndFramesThatNobodyKnowsArePassedOver() throws Exception {
        try (RunningProgram running = start("--", "sh", "-c", TELLS)) {
            assertThat(running.line()).isEqualTo("has 1: ••••");
            followed();
            server.tell("{\"type\":\"system\",\"event\":\"something_new\",\"more\":\"" + "x".repeat(4000) + "\"}");
            server.ping();
            await("a pong", () -> server.pongs() > 0);
            server.put("KEY", SECOND);
            assertThat(running.line()).isEqualTo("has 2: ••••");
            assertThat(server.count("GET /v1/sessions/ses_1/events")).isEqualTo(1);
        }
    }

    @Test
    void valuesOfAnyKindReachTheCommandInItsEnvironmentAndItsFile() throws Exception {
        String odd = "line 'one'\nline \"two\" $HOME `id` \\\nsüß € 🔑";
        server.put("ODD", odd);
        Path inEnvironment = folder.resolve("environment");
        Path inFile = folder.resolve("file");
        String script = "printf %s \"$ODD\" > " + inEnvironment + "; unset ODD; . \"$CHATELAINE_ENV_FILE\"; "
                + "printf %s \"$ODD\" > " + inFile;
        assertThat(run("--on-update=file", "--", "sh", "-c", script).code()).isZero();
        assertThat(inEnvironment).content(StandardCharsets.UTF_8).isEqualTo(odd);
        assertThat(inFile).content(StandardCharsets.UTF_8).isEqualTo(odd);
    }

    @Test
    void aValueThatNoEnvironmentHoldsIsRefusedAtFirstAndPassedOverLater() throws Exception {
        try (RunningProgram running = start("--", "sh", "-c", TELLS)) {
            assertThat(running.line()).isEqualTo("has 1: ••••");
            followed();
            server.put("KEY", "with\0nul");
            await("it is said", () -> errors(running).contains("revision 2 could not be handed on"));
            running.type("goes on");
            assertThat(running.line()).isEqualTo("goes on");
            server.put("KEY", SECOND);
            assertThat(running.line()).isEqualTo("has 2: ••••");
        }
        server.put("KEY", "with\0nul");
        Program.Ended ended = run("--", "true");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("KEY has a NUL");
    }

    private static String errors(RunningProgram running) {
        try {
            return running.err();
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void theCommandGetsNoTokenAndNoArgumentHoldsOneOrAValue() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc here");
        try (RunningProgram running = start("--", "sh", "-c", "env | grep -c -e '=crt_' -e TOKEN; " + TELLS)) {
            assertThat(running.line()).isEqualTo("0");
            assertThat(running.line()).isEqualTo("has 1: ••••");
            List<String> arguments = Stream.concat(
                            Stream.of(running.process().toHandle()),
                            running.process().descendants())
                    .map(process -> Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .map(SessionRunIT::content)
                    .toList();
            assertThat(arguments).hasSizeGreaterThan(1);
            assertThat(arguments)
                    .noneMatch(line -> line.contains(FIRST)
                            || line.contains(ScriptedServer.RUNTIME)
                            || line.contains(ScriptedServer.PERSON));
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
