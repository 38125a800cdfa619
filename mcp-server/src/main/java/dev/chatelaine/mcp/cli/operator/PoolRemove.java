package dev.chatelaine.mcp.cli.operator;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.vault.pool.PoolKey;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pool remove PROVIDER}. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        header = "Take a provider's key out of the pool, for good.",
        footerHeading = "%nExample:%n",
        footer = "  chatelaine pool remove openai")
final class PoolRemove implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(paramLabel = "PROVIDER", description = "The provider's id or alias.")
    private String provider = "";

    PoolRemove(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        PoolKey key = desk.vaultToChange().pool().remove(desk.actor(), provider);
        return answer.give(
                Map.of("pool_key", PoolCommand.forScripts(key)),
                out -> out.println("Removed the pool's key of " + key.provider() + "."));
    }
}
