package dev.chatelaine.mcp.cli.llm;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code llm create NAME}. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        header = "Make an LLM configuration; its key is set afterwards.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  chatelaine llm create main --provider openai --model gpt-4.1-mini --default",
            "  chatelaine llm create own --provider custom --model llama --base-url https://llm.example.com/v1",
            "  chatelaine llm create safe --provider groq --model llama-3.3-70b-versatile --fallback main"
        })
final class LlmCreate implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(paramLabel = "NAME", description = "1 to 128 letters, digits, _, . and -.")
    private String name = "";

    @Option(names = "--provider", paramLabel = "PROVIDER", required = true, description = "For example openai.")
    private String provider = "";

    @Option(names = "--model", paramLabel = "MODEL", required = true, description = "As the provider names it.")
    private String model = "";

    @Option(names = "--base-url", paramLabel = "URL", description = "Where it is reached; needed for custom.")
    private @Nullable String baseUrl;

    @Option(
            names = "--fallback",
            paramLabel = "MODEL",
            description = "Asked when the model cannot answer: provider/model or a configuration's name. Repeatable.")
    private @Nullable List<String> fallbacks;

    @Option(names = "--default", description = "Make it the default.")
    private boolean makeDefault;

    LlmCreate(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable Object> answered = desk.call(ToolCall.llm("create")
                .with("name", name)
                .with("provider", provider)
                .with("model", model)
                .with("base_url", baseUrl)
                .with("fallbacks", fallbacks)
                .with("make_default", makeDefault));
        return answer.give(answered, out -> {
            out.println("Made " + LlmText.named(answered) + (makeDefault ? ", the default." : "."));
            out.println("A key of its own: chatelaine llm set-key " + name);
        });
    }
}
