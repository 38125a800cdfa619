package dev.chatelaine.mcp.cli.operator;

import dev.chatelaine.mcp.cli.desk.Desk;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code rotate}: the group. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header = "Change keys while everything goes on.",
        description = "Nobody enters a secret again. A rotation that was interrupted goes on when it is run again.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  chatelaine rotate root",
            "  chatelaine rotate tenant --tenant acme",
            "  chatelaine rotate token-keys --revoke"
        })
public final class RotateCommand {
    /** The group with its commands. */
    public static CommandLine at(Desk desk) {
        return new CommandLine(new RotateCommand())
                .addSubcommand(new RotateRoot(desk))
                .addSubcommand(new RotateTenant(desk))
                .addSubcommand(new RotateTokenKeys(desk));
    }
}
