package dev.chatelaine.mcp.cli.operator;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.tenant.Tenant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tenant create NAME}. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        header = "Make a tenant, with encryption keys of its own.",
        footerHeading = "%nExample:%n",
        footer = "  chatelaine tenant create acme --plan core")
final class TenantCreate implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(paramLabel = "NAME", description = "1 to 128 letters, digits, _, . and -.")
    private String name = "";

    @Option(
            names = "--plan",
            paramLabel = "PLAN",
            defaultValue = "starter",
            description = "What it may use; ${DEFAULT-VALUE} if none is given.")
    private String plan = "";

    TenantCreate(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        TenantId id = new TenantId(name);
        Tenant tenant = desk.vaultToChange().tenants().create(desk.actor(), id, plan);
        return answer.give(
                Map.of("tenant", TenantCommand.forScripts(tenant)),
                out -> out.println("Made the tenant " + tenant.id() + " with the plan " + tenant.plan() + "."));
    }
}
