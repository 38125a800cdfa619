package dev.chatelaine.mcp.cli;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.Facts;
import dev.chatelaine.mcp.cli.desk.Table;
import dev.chatelaine.mcp.cli.desk.ToolCall;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code byok}: which providers the tenant has keys of its own for. */
@Command(
        name = "byok",
        mixinStandardHelpOptions = true,
        header = "List the providers, and the keys of your own that are stored for them.",
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine byok", "  chatelaine secret set provider_key_openai    stores one"})
final class ByokCommand implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    ByokCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable Object> answered = desk.call(ToolCall.byok());
        return answer.give(answered, out -> print(out, new Facts(answered)));
    }

    private static void print(PrintWriter out, Facts answer) {
        Table table = new Table("PROVIDER", "KEY", "FROM", "STATUS", "VERIFIED", "SECRET");
        for (Facts provider : answer.all("details")) {
            String hint = provider.hint("hint");
            boolean configured = provider.is("configured");
            table.row(
                    provider.text("provider"),
                    configured && hint == null ? "set" : hint,
                    configured ? provider.text("source") : null,
                    provider.text("status"),
                    provider.time("last_verified_at"),
                    provider.text("secret_name"));
        }
        table.print(out);
        out.println("The plan " + answer.text("plan") + (answer.is("byok_available") ? " takes" : " does not take")
                + " keys of your own.");
    }
}
