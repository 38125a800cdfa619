package dev.chatelaine.mcp.cli.desk;

import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a person reads when a command was refused or failed: one line that says what and one that says what next, on
 * standard error, and never a stack trace. A script that asked for JSON finds the error's code on standard output.
 */
public final class Refusals implements IExecutionExceptionHandler {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult whole) {
        Refusal refusal = Refusal.of(e);
        tell(command.getErr(), refusal.message(), refusal.next());
        if (command.getParseResult().hasMatchedOption("--json")) {
            command.getOut().println(MAPPER.writeValueAsString(Map.of("error", refusal.forScripts())));
            command.getOut().flush();
        }
        return ExitCode.SOFTWARE;
    }

    /** Writes the two lines. */
    static void tell(PrintWriter err, String message, @Nullable String next) {
        err.println("chatelaine: " + message);
        if (next != null) {
            err.println("Next: " + next);
        }
        err.flush();
    }
}
