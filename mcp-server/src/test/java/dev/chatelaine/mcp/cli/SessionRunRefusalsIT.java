package dev.chatelaine.mcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What keeps a command in a session from being started, and what is left then: nothing. */
@DisabledOnOs(OS.WINDOWS)
class SessionRunRefusalsIT extends SessionRunCase {
    @Test
    void withoutAServerThatIsSaidAndNoVaultIsMade() throws Exception {
        server.close();
        ProcessBuilder builder = builder("--", "true");
        builder.environment().remove("CHATELAINE_TOKEN");
        Program.Ended ended = new Program(folder).run(builder, "");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .contains("Nothing answers at " + server.address(), "Next: Start `chatelaine serve`", "--server");
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void aTokenThatTheServerDoesNotTakeIsNotShown() throws Exception {
        ProcessBuilder builder = builder("--", "true");
        builder.environment().put("CHATELAINE_TOKEN", "wrong-token-0123456789");
        Program.Ended ended = new Program(folder).run(builder, "");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .contains("does not take the token", "Next: Set CHATELAINE_TOKEN")
                .doesNotContain("0123456789");
        builder.environment().put("CHATELAINE_TOKEN", "no token\u0007 at all");
        ended = new Program(folder).run(builder, "");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("is no bearer token").doesNotContain("at all");
    }

    @Test
    void whatTheServerRefusesIsSaidInItsWords() throws Exception {
        server.refuse(
                404, "{\"code\":\"bundle_not_found\",\"detail\":\"There is no bundle bot.\",\"next\":\"Make it.\"}");
        Program.Ended ended = run("--", "true");
        assertThat(ended).isEqualTo(new Program.Ended(1, "", "chatelaine: There is no bundle bot.\nNext: Make it.\n"));
        server.refuse(502, "<html>\u001b[31m");
        assertThat(run("--", "true").err()).isEqualTo("chatelaine: The server answered with the status 502.\n");
        assertThat(server.count("POST /v1/sessions/ses_1/stop")).isZero();
    }

    @Test
    void aCommandThatCannotBeStartedStopsTheSession() throws Exception {
        Program.Ended ended = run("--on-update=file", "--", "no-such-program-anywhere");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).startsWith("chatelaine: The command cannot be started");
        assertThat(server.count("POST /v1/sessions/ses_1/stop")).isEqualTo(1);
        assertThat(folder).isDirectoryNotContaining("glob:**chatelaine-*");
    }

    @Test
    void anEnvFileThatCannotBeWrittenStopsTheSession() throws Exception {
        Program.Ended ended =
                run("--on-update=file", "--env-file", folder.resolve("gone/env").toString(), "--", "true");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("The env file cannot be written").doesNotContain(FIRST);
        assertThat(server.count("POST /v1/sessions/ses_1/stop")).isEqualTo(1);
        Files.writeString(folder.resolve("mine"), "A=1\n");
        assertThat(run("--env-file", folder.resolve("mine").toString(), "--", "true")
                        .err())
                .contains("was not written by this command");
        assertThat(folder.resolve("mine")).hasContent("A=1");
    }

    @Test
    void aKeyThatChangesHowProgramsRunIsRefusedWhoeverSendsIt() throws Exception {
        server.put("LD_PRELOAD", "/tmp/evil.so");
        Program.Ended ended = run("--", "true");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("LD_PRELOAD is reserved").doesNotContain("evil");
    }

    @Test
    void whatMakesNoSenseIsRefusedBeforeAnythingHappens() throws Exception {
        assertThat(run("--on-update=never", "--", "true").code()).isEqualTo(2);
        assertThat(run("--signal", "USR1", "--", "true").err()).contains("--on-update=signal");
        assertThat(run("--on-update=signal", "--signal", "KILL", "--", "true").code())
                .isEqualTo(1);
        assertThat(run("--secret", "A=x", "--secret", "A=y", "--", "true").code())
                .isEqualTo(2);
        assertThat(run("--secret", "PATH=x", "--", "true").code()).isEqualTo(1);
        assertThat(run("--bundle", "Not A Name", "--", "true").code()).isEqualTo(1);
        assertThat(runAt("http://vault.example.com", "--", "true").err()).contains("in the clear");
        assertThat(runAt("elsewhere", "--", "true").err()).contains("--server");
        assertThat(run("--server", "http://localhost:1", "--", "true").err()).contains("given twice");
        assertThat(run().code()).isEqualTo(2);
        assertThat(server.requests).isEmpty();
    }
}
