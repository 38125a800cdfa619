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

/** {@code rotate root}. */
@Command(
        name = "root",
        mixinStandardHelpOptions = true,
        header = "Give the vault a new root key and seal every tenant's keys with it.",
        description = "The old root key stays in the key file, so that backups open. Back the key file up afterwards.",
        footerHeading = "%nExample:%n",
        footer = "  chatelaine rotate root")
final class RotateRoot implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    RotateRoot(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Vault vault = desk.vaultToChange();
        try (ProgressBar bar =
                new ProgressBar(spec.commandLine().getErr(), desk.surroundings().interactive(), "tenants")) {
            RotationResult result = vault.rootRotation().rotate(desk.actor(), bar);
            Rotated rotated = new Rotated("root key", "tenant", result);
            return answer.judge(rotated.whole(), rotated.forScripts(), rotated::print);
        }
    }
}
