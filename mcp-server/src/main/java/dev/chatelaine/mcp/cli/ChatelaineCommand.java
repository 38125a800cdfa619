package dev.chatelaine.mcp.cli;

import dev.chatelaine.mcp.cli.desk.GlobalOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code chatelaine} itself, which alone prints its help. */
@Command(
        name = "chatelaine",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header = "Keeps secrets encrypted, and lets MCP hosts manage them without seeing them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  chatelaine setup claude-desktop                     use it from Claude Desktop",
            "  chatelaine secret set stripe_live                   store a secret, unseen",
            "  chatelaine run --secret STRIPE_KEY=stripe_live -- ./deploy.sh",
            "  chatelaine doctor                                   see that all is well",
            "",
            "`chatelaine COMMAND --help` tells more. Exit codes: 0 done, 1 failed, 2 wrong usage."
        })
final class ChatelaineCommand implements Callable<Integer> {
    @Mixin
    private final GlobalOptions globals = new GlobalOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    GlobalOptions globals() {
        return globals;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return CommandLine.ExitCode.OK;
    }
}
