package dev.chatelaine.mcp.cli.desk;

import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** What a command says, to a person or to a script; mixed into every command that answers with data. */
public final class Answer {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(names = "--json", order = 800, description = "Answer in JSON, for scripts.")
    private boolean json;

    /** Gives the answer in the form that was asked for. */
    public int give(Map<String, ? extends @Nullable Object> forScripts, Consumer<PrintWriter> forPeople) {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(MAPPER.writeValueAsString(forScripts));
        } else {
            forPeople.accept(out);
        }
        out.flush();
        return ExitCode.OK;
    }

    /** As {@link #give}, for a command whose answer may be that something is not as it should be. */
    public int judge(
            boolean good, Map<String, ? extends @Nullable Object> forScripts, Consumer<PrintWriter> forPeople) {
        give(forScripts, forPeople);
        return good ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** Whether a script asked. */
    public boolean json() {
        return json;
    }
}
