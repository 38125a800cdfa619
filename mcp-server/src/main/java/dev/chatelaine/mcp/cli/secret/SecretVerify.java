package dev.chatelaine.mcp.cli.secret;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.Facts;
import dev.chatelaine.mcp.cli.desk.ToolCall;
import dev.chatelaine.mcp.cli.desk.Verdict;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code secret verify NAME}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        header = "Ask a provider whether its key works.",
        description = "Exit code 0 when the key is valid, 1 when it is not or the provider could not be asked.",
        footerHeading = "%nExample:%n",
        footer = "  chatelaine secret verify provider_key_openai")
final class SecretVerify implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(paramLabel = "NAME", description = "A provider key's name or id.")
    private String name = "";

    SecretVerify(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable Object> answered =
                desk.call(ToolCall.secrets("verify").with("name", name));
        Verdict verdict = new Verdict(new Facts(answered), "chatelaine secret set " + name);
        return answer.judge(verdict.good(), answered, verdict::print);
    }
}
