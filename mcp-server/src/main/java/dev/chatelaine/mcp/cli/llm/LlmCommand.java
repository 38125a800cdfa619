package dev.chatelaine.mcp.cli.llm;

import dev.chatelaine.mcp.cli.desk.Desk;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code llm}: the group. */
@Command(
        name = "llm",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header = "Say which provider and model are used.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  chatelaine llm create main --provider openai --model gpt-4.1-mini --default",
            "  chatelaine llm set-key main"
        })
public final class LlmCommand {
    /** The group with its commands. */
    public static CommandLine at(Desk desk) {
        return new CommandLine(new LlmCommand())
                .addSubcommand(new LlmCreate(desk))
                .addSubcommand(new LlmList(desk))
                .addSubcommand(new LlmGet(desk))
                .addSubcommand(new LlmUpdate(desk))
                .addSubcommand(new LlmDelete(desk))
                .addSubcommand(new LlmSetDefault(desk))
                .addSubcommand(new LlmSetKey(desk))
                .addSubcommand(new LlmRemoveKey(desk))
                .addSubcommand(new LlmVerify(desk));
    }
}
