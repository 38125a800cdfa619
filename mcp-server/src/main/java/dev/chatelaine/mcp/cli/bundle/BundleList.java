package dev.chatelaine.mcp.cli.bundle;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.Facts;
import dev.chatelaine.mcp.cli.desk.Table;
import dev.chatelaine.vault.bundle.Bundle;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bundle list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        header = "List the bundles and the names of their values.",
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine bundle list", "  chatelaine bundle list --json"})
final class BundleList implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    BundleList(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        List<Bundle> bundles = desk.vault().bundles().list(desk.actor());
        return answer.give(
                Map.of(
                        "bundles",
                        bundles.stream().map(BundleCommand::forScripts).toList()),
                out -> print(out, bundles));
    }

    private static void print(PrintWriter out, List<Bundle> bundles) {
        if (bundles.isEmpty()) {
            out.println("No bundles. Make one: chatelaine bundle import NAME --from .env");
            return;
        }
        Table table = new Table("NAME", "MADE", "REPLACED", "KEYS");
        for (Bundle bundle : bundles) {
            Facts facts = new Facts(BundleCommand.forScripts(bundle));
            table.row(
                    bundle.name(), facts.time("created_at"), facts.time("last_rotated_at"), BundleCommand.keys(bundle));
        }
        table.print(out);
    }
}
