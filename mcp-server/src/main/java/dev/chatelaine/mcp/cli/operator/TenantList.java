package dev.chatelaine.mcp.cli.operator;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.Table;
import dev.chatelaine.vault.tenant.Tenant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tenant list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        header = "List the tenants and their plans.",
        footerHeading = "%nExample:%n",
        footer = "  chatelaine tenant list")
final class TenantList implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    TenantList(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        List<Tenant> tenants = desk.vault().tenants().list();
        Table table = new Table("TENANT", "PLAN", "SINCE");
        tenants.forEach(tenant -> table.row(
                tenant.id(),
                tenant.plan(),
                tenant.createdAt().atOffset(ZoneOffset.UTC).toLocalDate()));
        return answer.give(
                Map.of(
                        "tenants",
                        tenants.stream().map(TenantCommand::forScripts).toList()),
                table::print);
    }
}
