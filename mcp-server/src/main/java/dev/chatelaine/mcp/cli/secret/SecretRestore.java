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

/** {@code secret restore NAME}. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        header = "Bring a deleted secret back.",
        description = "Of several that were deleted under this name, the one deleted last; an id names one exactly.",
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine secret restore stripe_live", "  chatelaine secret list --deleted    shows what there is"
        })
final class SecretRestore implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(paramLabel = "NAME", description = "The secret's name or id.")
    private String name = "";

    SecretRestore(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable Object> answered =
                desk.call(ToolCall.secrets("restore").with("name", name));
        return answer.give(
                answered, out -> out.println("Restored " + SecretText.named(SecretText.secret(answered)) + "."));
    }
}
