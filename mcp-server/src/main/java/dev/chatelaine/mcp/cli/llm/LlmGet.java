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
import picocli.CommandLine.Parameters;

/** {@code llm get NAME}. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        header = "Show an LLM configuration.",
        footerHeading = "%nExample:%n",
        footer = "  chatelaine llm get main")
final class LlmGet implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(paramLabel = "NAME", description = "The configuration's name or id.")
    private String name = "";

    LlmGet(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable Object> answered = desk.call(ToolCall.llm("get").with("name", name));
        return answer.give(answered, out -> LlmText.one(out, new Facts(answered)));
    }
}
