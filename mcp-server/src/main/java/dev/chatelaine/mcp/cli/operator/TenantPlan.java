package dev.chatelaine.mcp.cli.operator;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.tenant.Tenant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tenant plan NAME PLAN}. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        header = "Give a tenant another plan; what it stored stays.",
        footerHeading = "%nExample:%n",
        footer = "  chatelaine tenant plan acme pro")
final class TenantPlan implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(index = "0", paramLabel = "NAME", description = "The tenant.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "PLAN", description = "For example starter, core or pro.")
    private String plan = "";

    TenantPlan(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        TenantId id = new TenantId(name);
        Tenant tenant = desk.vaultToChange().tenants().changePlan(desk.actor(), id, plan);
        return answer.give(
                Map.of("tenant", TenantCommand.forScripts(tenant)),
                out -> out.println("The plan of " + tenant.id() + " is " + tenant.plan() + "."));
    }
}
