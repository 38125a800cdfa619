package dev.chatelaine.mcp.cli.operator;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.TakesValue;
import dev.chatelaine.mcp.cli.desk.ValueInput;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.pool.PoolKey;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pool set PROVIDER}. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        header = "Give the pool a provider's key, or another one.",
        description =
                "At a terminal the key is asked for and not shown; otherwise it is read from standard input. It is never"
                        + " an argument.",
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine pool set openai", "  pass show openai-platform | chatelaine pool set openai"})
final class PoolSet implements Callable<Integer>, TakesValue {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(paramLabel = "PROVIDER", description = "The provider's id or alias.")
    private String provider = "";

    PoolSet(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Vault vault = desk.vaultToChange();
        vault.pool().checkProvider(provider);
        SecretValue value = new ValueInput(desk.surroundings())
                .take("the pool's key of " + provider, false, "chatelaine pool set " + provider);
        PoolKey key = vault.pool().set(desk.actor(), provider, value);
        String hint = PoolCommand.hint(key);
        return answer.give(
                Map.of("pool_key", PoolCommand.forScripts(key)),
                out -> out.println("Set the pool's key of " + key.provider()
                        + (hint == null ? "." : "; it ends in " + hint + ".")));
    }
}
