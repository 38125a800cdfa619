package dev.chatelaine.mcp.cli.llm;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.Facts;
import dev.chatelaine.mcp.cli.desk.ToolCall;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code llm list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        header = "List the LLM configurations, and which is in effect.",
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine llm list", "  chatelaine llm list --json"})
final class LlmList implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    LlmList(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable Object> answered = desk.call(ToolCall.llm("list"));
        return answer.give(answered, out -> LlmText.list(out, new Facts(answered)));
    }
}
