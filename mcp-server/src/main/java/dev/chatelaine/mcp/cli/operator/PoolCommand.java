package dev.chatelaine.mcp.cli.operator;

import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.vault.pool.PoolKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code pool}: the group. */
@Command(
        name = "pool",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header = "Keep the platform's own provider keys.",
        description = "The gateway uses them where a tenant has no key of its own or it failed, within its plan.",
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine pool set openai", "  chatelaine pool list"})
public final class PoolCommand {
    /** The group with its commands. */
    public static CommandLine at(Desk desk) {
        return new CommandLine(new PoolCommand())
                .addSubcommand(new PoolSet(desk))
                .addSubcommand(new PoolList(desk))
                .addSubcommand(new PoolRemove(desk));
    }

    static Map<String, @Nullable Object> forScripts(PoolKey key) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("provider", key.provider().value());
        answer.put("hint", key.hint());
        answer.put("status", key.status().label());
        answer.put("created_at", key.createdAt().toString());
        answer.put("created_by", key.createdBy());
        return answer;
    }

    static @Nullable String hint(PoolKey key) {
        return key.hint() == null ? null : "…" + key.hint();
    }
}
