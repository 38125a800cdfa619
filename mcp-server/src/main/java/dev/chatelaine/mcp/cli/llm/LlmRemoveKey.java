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

/** {@code llm remove-key NAME}. */
@Command(
        name = "remove-key",
        mixinStandardHelpOptions = true,
        header = "Remove an LLM configuration's own key; the configuration stays.",
        footerHeading = "%nExample:%n",
        footer = "  chatelaine llm remove-key main")
final class LlmRemoveKey implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(paramLabel = "NAME", description = "The configuration's name or id.")
    private String name = "";

    LlmRemoveKey(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable Object> answered =
                desk.call(ToolCall.llm("remove_key").with("name", name));
        return answer.give(
                answered, out -> out.println("No key of its own any more: " + LlmText.named(answered) + "."));
    }
}
