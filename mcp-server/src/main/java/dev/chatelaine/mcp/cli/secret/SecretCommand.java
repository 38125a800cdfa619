package dev.chatelaine.mcp.cli.secret;

import dev.chatelaine.mcp.cli.desk.Desk;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code secret}: the group. */
@Command(
        name = "secret",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header = "Store secrets, and see what is stored.",
        description = "Values go in and are used by `run`, or by the server; no command shows one.",
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine secret set stripe_live", "  chatelaine secret list"})
public final class SecretCommand {
    /** The group with its commands. */
    public static CommandLine at(Desk desk) {
        return new CommandLine(new SecretCommand())
                .addSubcommand(new SecretSet(desk))
                .addSubcommand(new SecretList(desk))
                .addSubcommand(new SecretGet(desk))
                .addSubcommand(new SecretDelete(desk))
                .addSubcommand(new SecretRestore(desk))
                .addSubcommand(new SecretHistoryList(desk))
                .addSubcommand(new SecretRollback(desk))
                .addSubcommand(new SecretVerify(desk));
    }
}
