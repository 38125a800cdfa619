package dev.chatelaine.mcp.cli.secret;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.Facts;
import dev.chatelaine.mcp.cli.desk.Table;
import dev.chatelaine.mcp.cli.desk.ToolCall;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code secret history NAME}. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        header = "List a secret's versions, the newest first; ten are kept.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  chatelaine secret history stripe_live",
            "  chatelaine secret rollback stripe_live 3    makes version 3 the current value again"
        })
final class SecretHistoryList implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(paramLabel = "NAME", description = "The secret's name or id.")
    private String name = "";

    SecretHistoryList(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable Object> answered =
                desk.call(ToolCall.secrets("history").with("name", name));
        Table table = new Table("VERSION", "HINT", "STORED", "BY", "");
        for (Facts version : new Facts(answered).all("versions")) {
            table.row(
                    version.text("number"),
                    version.hint("hint"),
                    version.time("created_at"),
                    version.text("created_by"),
                    version.is("current") ? "current" : " ");
        }
        return answer.give(answered, table::print);
    }
}
