package dev.chatelaine.mcp.cli.operator;

import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.vault.tenant.Tenant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tenant}: the group. */
@Command(
        name = "tenant",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header = "Make tenants and give them plans.",
        description = "Each tenant has secrets and keys of its own; --tenant on any command says whose are meant.",
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine tenant create acme --plan core", "  chatelaine --tenant acme secret list"})
public final class TenantCommand {
    /** The group with its commands. */
    public static CommandLine at(Desk desk) {
        return new CommandLine(new TenantCommand())
                .addSubcommand(new TenantCreate(desk))
                .addSubcommand(new TenantList(desk))
                .addSubcommand(new TenantPlan(desk));
    }

    static Map<String, @Nullable Object> forScripts(Tenant tenant) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("name", tenant.id().value());
        answer.put("plan", tenant.plan());
        answer.put("created_at", tenant.createdAt().toString());
        return answer;
    }
}
