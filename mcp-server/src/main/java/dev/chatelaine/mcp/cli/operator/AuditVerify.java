package dev.chatelaine.mcp.cli.operator;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.config.Setting;
import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.audit.AuditVerification;
import dev.chatelaine.vault.tenant.Tenant;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code audit verify}: all tenants, or the one that the option names. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        header = "Find events that were changed, removed or moved.",
        description = "Checks every tenant, or the one that --tenant names. Exit code 1 when a fault is found.",
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine audit verify", "  chatelaine audit verify --tenant acme --json"})
final class AuditVerify implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    AuditVerify(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Vault vault = desk.vault();
        List<AuditVerification> found =
                tenants(vault).stream().map(vault.audit()::verify).toList();
        boolean clean = found.stream().allMatch(AuditVerification::clean);
        Map<String, @Nullable Object> forScripts = new LinkedHashMap<>();
        forScripts.put("clean", clean);
        forScripts.put("tenants", found.stream().map(AuditVerify::forScripts).toList());
        return answer.judge(clean, forScripts, out -> found.forEach(one -> print(out, one)));
    }

    private List<TenantId> tenants(Vault vault) {
        return desk.settings().source(Setting.TENANT) == Settings.Source.FLAG
                ? List.of(desk.actor().tenant())
                : vault.tenants().list().stream().map(Tenant::id).toList();
    }

    private static Map<String, @Nullable Object> forScripts(AuditVerification found) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("tenant", found.tenant().value());
        one.put("clean", found.clean());
        one.put("events", found.events());
        one.put(
                "faults",
                found.faults().stream()
                        .map(fault -> Map.of(
                                "sequence",
                                fault.sequence(),
                                "problem",
                                fault.problem().label()))
                        .toList());
        return one;
    }

    private static void print(PrintWriter out, AuditVerification found) {
        if (found.clean()) {
            out.println(found.tenant() + ": " + found.events() + " events, all there and unchanged.");
            return;
        }
        boolean more = found.faults().size() >= AuditVerification.MOST_FAULTS;
        out.println(
                found.tenant() + ": " + found.events() + " events, with faults" + (more ? " (the first 100):" : ":"));
        for (AuditVerification.Fault fault : found.faults()) {
            out.println("  event " + fault.sequence() + " "
                    + switch (fault.problem()) {
                        case CHANGED_OR_MOVED -> "was changed or moved";
                        case MISSING -> "is missing";
                    });
        }
    }
}
