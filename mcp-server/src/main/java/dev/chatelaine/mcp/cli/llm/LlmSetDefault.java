package dev.chatelaine.mcp.cli.llm;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.ToolCall;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code llm set-default NAME}. */
@Command(
        name = "set-default",
        mixinStandardHelpOptions = true,
        header = "Make an LLM configuration the default.",
        description = "A request that names no configuration uses the default; with none, the one created last.",
        footerHeading = "%nExample:%n",
        footer = "  chatelaine llm set-default main")
final class LlmSetDefault implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(paramLabel = "NAME", description = "The configuration's name or id.")
    private String name = "";

    LlmSetDefault(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable Object> answered =
                desk.call(ToolCall.llm("set_default").with("name", name));
        return answer.give(answered, out -> out.println("The default is " + LlmText.named(answered) + "."));
    }
}
