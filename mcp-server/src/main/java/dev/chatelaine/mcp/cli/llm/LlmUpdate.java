package dev.chatelaine.mcp.cli.llm;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.Facts;
import dev.chatelaine.mcp.cli.desk.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code llm update NAME}. */
@Command(
        name = "update",
        mixinStandardHelpOptions = true,
        header = "Change an LLM configuration; what is not named stays.",
        description =
                "Another provider, or another host in the base URL, removes the key: it was entered for the other.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  chatelaine llm update main --model gpt-4.1",
            "  chatelaine llm update main --new-name chat --no-fallbacks"
        })
final class LlmUpdate implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(paramLabel = "NAME", description = "The configuration's name or id.")
    private String name = "";

    @Option(names = "--new-name", paramLabel = "NAME", description = "Another name.")
    private @Nullable String newName;

    @Option(names = "--provider", paramLabel = "PROVIDER", description = "Another provider.")
    private @Nullable String provider;

    @Option(names = "--model", paramLabel = "MODEL", description = "Another model.")
    private @Nullable String model;

    @Option(names = "--base-url", paramLabel = "URL", description = "Another base URL.")
    private @Nullable String baseUrl;

    @ArgGroup
    private @Nullable FallbackOptions fallbacks;

    /** Either other fallbacks or none at all. */
    static final class FallbackOptions {
        @Option(names = "--fallback", paramLabel = "MODEL", description = "Instead of the present ones. Repeatable.")
        private @Nullable List<String> others;

        @Option(names = "--no-fallbacks", description = "No fallbacks any more.")
        private boolean none;

        List<String> models() {
            return none || others == null ? List.of() : others;
        }
    }

    LlmUpdate(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable Object> answered = desk.call(ToolCall.llm("update")
                .with("name", name)
                .with("new_name", newName)
                .with("provider", provider)
                .with("model", model)
                .with("base_url", baseUrl)
                .with("fallbacks", fallbacks == null ? null : fallbacks.models()));
        Facts facts = new Facts(answered);
        return answer.give(answered, out -> {
            out.println("Changed " + LlmText.named(answered) + ".");
            boolean detached =
                    facts.all("warnings").stream().anyMatch(warning -> "key_detached".equals(warning.text("code")));
            if (detached) {
                out.println("Its key was removed: it had been entered for another provider or host.");
                out.println("Next: chatelaine llm set-key "
                        + facts.one("configuration").text("name"));
            }
        });
    }
}
