package dev.chatelaine.mcp.cli.secret;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.Facts;
import dev.chatelaine.mcp.cli.desk.ToolCall;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code secret delete NAME}. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        header = "Delete a secret; for seven days it can be restored.",
        footerHeading = "%nExample:%n",
        footer = "  chatelaine secret delete stripe_live")
final class SecretDelete implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(paramLabel = "NAME", description = "The secret's name or id.")
    private String name = "";

    SecretDelete(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable Object> answered =
                desk.call(ToolCall.secrets("delete").with("name", name));
        Facts secret = SecretText.secret(answered);
        return answer.give(answered, out -> {
            out.println("Deleted " + secret.text("name") + "; it is gone for good on " + secret.time("purge_at") + ".");
            out.println("Back again: chatelaine secret restore " + secret.text("name"));
        });
    }
}
