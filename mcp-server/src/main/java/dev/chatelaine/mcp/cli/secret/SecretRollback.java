package dev.chatelaine.mcp.cli.secret;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.ToolCall;
import dev.chatelaine.mcp.cli.desk.WholeNumber;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code secret rollback NAME VERSION}. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        header = "Make an older version's value the current one, as a new version.",
        footerHeading = "%nExample:%n",
        footer = "  chatelaine secret rollback stripe_live 3")
final class SecretRollback implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(index = "0", paramLabel = "NAME", description = "The secret's name or id.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "VERSION",
            converter = WholeNumber.class,
            description = "Its number, as `secret history` lists it.")
    private Long version = 0L;

    SecretRollback(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable Object> answered =
                desk.call(ToolCall.secrets("rollback").with("name", name).with("version", version));
        return answer.give(
                answered,
                out -> out.println("Version " + version + " is the value again: "
                        + SecretText.named(SecretText.secret(answered)) + "."));
    }
}
