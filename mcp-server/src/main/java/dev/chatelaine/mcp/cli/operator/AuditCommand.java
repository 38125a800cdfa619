package dev.chatelaine.mcp.cli.operator;

import dev.chatelaine.mcp.cli.desk.Desk;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code audit}: the group. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header = "Check the record of who did what.",
        footerHeading = "%nExample:%n",
        footer = "  chatelaine audit verify")
public final class AuditCommand {
    /** The group with its commands. */
    public static CommandLine at(Desk desk) {
        return new CommandLine(new AuditCommand()).addSubcommand(new AuditVerify(desk));
    }
}
