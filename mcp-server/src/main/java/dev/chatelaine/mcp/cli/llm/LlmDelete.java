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

/** {@code llm delete NAME}. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        header = "Delete an LLM configuration and its key, for good.",
        footerHeading = "%nExample:%n",
        footer = "  chatelaine llm delete main")
final class LlmDelete implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(paramLabel = "NAME", description = "The configuration's name or id.")
    private String name = "";

    LlmDelete(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable Object> answered =
                desk.call(ToolCall.llm("delete").with("name", name));
        return answer.give(answered, out -> {
            out.println("Deleted " + name + " and its key.");
            out.println("Another instead: chatelaine llm create NAME --provider PROVIDER --model MODEL");
        });
    }
}
