package dev.chatelaine.mcp.cli.operator;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.Table;
import dev.chatelaine.vault.pool.PoolKey;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pool list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        header = "List which providers the pool has a key of.",
        footerHeading = "%nExample:%n",
        footer = "  chatelaine pool list")
final class PoolList implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    PoolList(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        List<PoolKey> keys = desk.vault().pool().list(desk.actor());
        Table table = new Table("PROVIDER", "KEY", "STATUS", "SINCE", "BY");
        keys.forEach(key -> table.row(
                key.provider(),
                PoolCommand.hint(key),
                key.status().label(),
                key.createdAt().atOffset(ZoneOffset.UTC).toLocalDate(),
                key.createdBy()));
        return answer.give(
                Map.of("pool_keys", keys.stream().map(PoolCommand::forScripts).toList()), table::print);
    }
}
