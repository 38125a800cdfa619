package dev.chatelaine.mcp.cli.bundle;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.vault.bundle.Bundle;
import dev.chatelaine.vault.bundle.BundleName;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bundle delete NAME}. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        header = "Delete a bundle with its values, for good.",
        description = "Sessions that run with its values keep them until they stop; they cannot be resumed after that.",
        footerHeading = "%nExample:%n",
        footer = "  chatelaine bundle delete github-bot")
final class BundleDelete implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(paramLabel = "NAME", description = "The bundle's name.")
    private String name = "";

    BundleDelete(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Bundle deleted = desk.vaultToChange().bundles().delete(desk.actor(), new BundleName(name));
        return answer.give(
                Map.of("bundle", BundleCommand.forScripts(deleted), "status", "deleted"),
                out -> out.println("Deleted " + deleted.name() + " and its values."));
    }
}
