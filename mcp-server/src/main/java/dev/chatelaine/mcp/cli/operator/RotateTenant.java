package dev.chatelaine.mcp.cli.operator;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.ProgressBar;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.rotation.RotationResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rotate tenant}. */
@Command(
        name = "tenant",
        mixinStandardHelpOptions = true,
        header = "Give a tenant a new key and seal its values with it.",
        description = "The tenant is yours, or the one that --tenant names.",
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine rotate tenant", "  chatelaine rotate tenant --tenant acme"})
final class RotateTenant implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    RotateTenant(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Vault vault = desk.vaultToChange();
        try (ProgressBar bar =
                new ProgressBar(spec.commandLine().getErr(), desk.surroundings().interactive(), "values")) {
            RotationResult result = vault.tenantRotation().rotate(desk.actor(), bar);
            Rotated rotated = new Rotated("key of the tenant " + desk.actor().tenant(), "value", result);
            return answer.judge(rotated.whole(), rotated.forScripts(), rotated::print);
        }
    }
}
