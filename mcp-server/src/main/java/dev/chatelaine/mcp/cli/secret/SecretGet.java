package dev.chatelaine.mcp.cli.secret;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.ToolCall;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code secret get NAME}. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        header = "Show what is known of a secret; never its value.",
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine secret get stripe_live", "  chatelaine secret get stripe_live --json"})
final class SecretGet implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(paramLabel = "NAME", description = "The secret's name or id.")
    private String name = "";

    SecretGet(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable Object> answered =
                desk.call(ToolCall.secrets("get").with("name", name));
        return answer.give(answered, out -> SecretText.one(out, SecretText.secret(answered)));
    }
}
