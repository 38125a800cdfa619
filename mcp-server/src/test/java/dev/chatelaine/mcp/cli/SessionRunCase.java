package dev.chatelaine.mcp.cli;

import static dev.chatelaine.mcp.cli.RunningProgram.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** {@code session run} as a process, against a server that does as it is told. */
abstract class SessionRunCase {
    static final String FIRST = "correct-horse-battery-1";
    static final String SECOND = "staple-correct-horse-2";
    static final String THIRD = "battery-staple-correct-3";
    /** Says which value it has without showing it, and goes on until its input ends. */
    static final String TELLS = "echo \"has ${KEY##*-}: $KEY\"; while read line; do echo \"$line\"; done";

    @TempDir
    Path folder;

    ScriptedServer server;

    @BeforeEach
    void open() {
        server = new ScriptedServer(Map.of("KEY", FIRST));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    ProcessBuilder builder(String... arguments) {
        return builderAt(server.address(), arguments);
    }

    private ProcessBuilder builderAt(String address, String... arguments) {
        Program program = new Program(folder);
        List<String> all = new ArrayList<>(List.of("session", "run", "--bundle", "bot", "--server", address));
        all.addAll(List.of(arguments));
        ProcessBuilder builder = program.builder(program.command(all.toArray(String[]::new)));
        builder.environment().put("CHATELAINE_TOKEN", ScriptedServer.PERSON);
        builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
        return builder;
    }

    RunningProgram start(String... arguments) throws IOException {
        return new RunningProgram(builder(arguments), folder);
    }

    Program.Ended run(String... arguments) throws Exception {
        return new Program(folder).run(builder(arguments), "");
    }

    Program.Ended runAt(String address, String... arguments) throws Exception {
        return new Program(folder).run(builderAt(address, arguments), "");
    }

    void followed() {
        await("the session is followed", () -> server.followers() > 0);
        server.ping();
        await("it answers", () -> server.pongs() > 0);
    }
}
