package dev.chatelaine.mcp.cli;

import dev.chatelaine.mcp.cli.bundle.BundleCommand;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.ProcessSurroundings;
import dev.chatelaine.mcp.cli.desk.Refusals;
import dev.chatelaine.mcp.cli.desk.Surroundings;
import dev.chatelaine.mcp.cli.desk.WrongUsage;
import dev.chatelaine.mcp.cli.doctor.DoctorCommand;
import dev.chatelaine.mcp.cli.llm.LlmCommand;
import dev.chatelaine.mcp.cli.migrate.MigrateCommand;
import dev.chatelaine.mcp.cli.operator.AuditCommand;
import dev.chatelaine.mcp.cli.operator.PoolCommand;
import dev.chatelaine.mcp.cli.operator.RotateCommand;
import dev.chatelaine.mcp.cli.operator.TenantCommand;
import dev.chatelaine.mcp.cli.run.RunCommand;
import dev.chatelaine.mcp.cli.secret.SecretCommand;
import dev.chatelaine.mcp.cli.serve.ConsoleLinkCommand;
import dev.chatelaine.mcp.cli.serve.ServeCommand;
import dev.chatelaine.mcp.cli.serve.TokenCommand;
import dev.chatelaine.mcp.cli.session.SessionCommand;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** The command line's composition root: every command with what it works with, wired by constructor. */
public final class CommandLineMain {
    private CommandLineMain() {}

    /**
     * Does what the arguments of this process say.
     *
     * @param server what {@code stdio} starts
     * @return the exit code: 0 done, 1 failed, 2 wrong usage; of {@code run} and {@code session run} the child's own
     */
    public static int run(String[] arguments, StdioServer server) {
        return run(arguments, server, ProcessSurroundings.read());
    }

    /** Does what the arguments say, in surroundings of the caller's choice. */
    static int run(String[] arguments, StdioServer server, Surroundings surroundings) {
        ChatelaineCommand root = new ChatelaineCommand();
        try (Desk desk = new Desk(surroundings, root.globals()::flags)) {
            return commandLine(root, desk, server).execute(arguments);
        }
    }

    /** The whole tree, ready to be executed or asked for its help. */
    static CommandLine commandLine(ChatelaineCommand root, Desk desk, StdioServer server) {
        Surroundings surroundings = desk.surroundings();
        CommandLine whole = new CommandLine(root)
                .addSubcommand(new StdioCommand(desk, server))
                .addSubcommand(setup(surroundings))
                .addSubcommand(SecretCommand.at(desk))
                .addSubcommand(LlmCommand.at(desk))
                .addSubcommand(new ByokCommand(desk))
                .addSubcommand(RunCommand.at(desk))
                .addSubcommand(BundleCommand.at(desk))
                .addSubcommand(SessionCommand.at(desk))
                .addSubcommand(new ServeCommand(desk))
                .addSubcommand(new TokenCommand(desk))
                .addSubcommand(new ConsoleLinkCommand(desk))
                .addSubcommand(TenantCommand.at(desk))
                .addSubcommand(PoolCommand.at(desk))
                .addSubcommand(RotateCommand.at(desk))
                .addSubcommand(AuditCommand.at(desk))
                .addSubcommand(new MigrateCommand(desk))
                .addSubcommand(DoctorCommand.at(desk))
                .addSubcommand(new ConfigCommand(desk));
        version(whole, Version.text(surroundings.properties()));
        // "@file" is an argument like any other: `run -- curl -d @body.json` means the child's file.
        return whole.setExpandAtFiles(false)
                .setUsageHelpAutoWidth(false)
                .setColorScheme(Help.defaultColorScheme(surroundings.colours() ? Help.Ansi.ON : Help.Ansi.OFF))
                .setOut(writer(surroundings.out(), surroundings))
                .setErr(writer(surroundings.err(), surroundings))
                .setExecutionExceptionHandler(new Refusals())
                .setParameterExceptionHandler(new WrongUsage());
    }

    private static SetupCommand setup(Surroundings surroundings) {
        return new SetupCommand(
                surroundings.environment(),
                surroundings.osName(),
                surroundings.userHome(),
                Launcher.path(surroundings.properties()),
                surroundings.clock());
    }

    private static void version(CommandLine command, String version) {
        command.getCommandSpec().version(version);
        command.getSubcommands().values().forEach(below -> version(below, version));
    }

    /** UTF-8 wherever a terminal may be set to it; what Windows' console expects there. */
    private static PrintWriter writer(OutputStream stream, Surroundings surroundings) {
        Charset charset = surroundings.osName().startsWith("Windows")
                ? Charset.forName(surroundings.properties().getOrDefault("native.encoding", "UTF-8"))
                : StandardCharsets.UTF_8;
        return new PrintWriter(new OutputStreamWriter(stream, charset), true);
    }
}
