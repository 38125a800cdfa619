package dev.chatelaine.mcp.cli.llm;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.Facts;
import dev.chatelaine.mcp.cli.desk.TakesValue;
import dev.chatelaine.mcp.cli.desk.ToolCall;
import dev.chatelaine.mcp.cli.desk.ValueInput;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.LlmConfiguration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code llm set-key NAME}. */
@Command(
        name = "set-key",
        mixinStandardHelpOptions = true,
        header = "Give an LLM configuration a key of its own.",
        description =
                "At a terminal the key is asked for and not shown; otherwise it is read from standard input, without"
                        + " one line break at its end. It is never an argument.",
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine llm set-key main", "  pass show openai | chatelaine llm set-key main"})
final class LlmSetKey implements Callable<Integer>, TakesValue {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(paramLabel = "NAME", description = "The configuration's name or id.")
    private String name = "";

    @Option(names = "--raw", description = "Keep a line break at the end of standard input.")
    private boolean raw;

    LlmSetKey(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        ConfigurationName checked = ConfigurationName.of(name);
        Vault vault = desk.vaultToChange();
        vault.llmConfigurations().get(desk.actor(), checked);
        SecretValue key = new ValueInput(desk.surroundings()).take(name, raw, "chatelaine llm set-key " + name);
        LlmConfiguration configuration = vault.llmKeys().set(desk.actor(), checked, key);
        Map<String, @Nullable Object> answered = new LinkedHashMap<>();
        answered.put("action", "set_key");
        answered.put(
                "configuration",
                desk.call(ToolCall.llm("get").with("name", configuration.id())).get("configuration"));
        String hint = new Facts(answered).one("configuration").hint("key_hint");
        return answer.give(
                answered,
                out -> out.println("Set the key of " + LlmText.named(answered)
                        + (hint == null ? "." : "; it ends in " + hint + ".")));
    }
}
