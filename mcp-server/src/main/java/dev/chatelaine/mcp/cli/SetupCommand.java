package dev.chatelaine.mcp.cli;

import dev.chatelaine.mcp.host.HostLocations;
import dev.chatelaine.mcp.host.HostSetup;
import dev.chatelaine.mcp.host.LaunchedServer;
import dev.chatelaine.mcp.host.McpHost;
import dev.chatelaine.mcp.host.OperatingSystem;
import dev.chatelaine.mcp.host.ServerEntry;
import dev.chatelaine.mcp.host.SetupException;
import dev.chatelaine.mcp.host.SetupResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code setup HOST}: adds this server to the configuration file of an MCP host. */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        header = "Add Chatelaine to an MCP host's own configuration file.",
        description = {
            "Adds one entry, \"chatelaine\", or corrects it. All else in the file stays as it is, and a backup is kept "
                    + "beside it. Running it again changes nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  chatelaine setup claude-desktop",
            "  chatelaine setup vscode --print    show what would be added, and where"
        })
public final class SetupCommand implements Callable<Integer> {
    private final HostSetup setup;
    private final ServerEntry server;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "HOST",
            description = "The host: ${COMPLETION-CANDIDATES}.",
            converter = HostConverter.class,
            completionCandidates = HostIds.class)
    @SuppressWarnings("NullAway.Init")
    private McpHost host;

    @Option(names = "--print", description = "Show what would be added, and where; change nothing.")
    private boolean print;

    @Option(names = "--json", description = "Answer in JSON, for scripts.")
    private boolean json;

    /**
     * The command for one person on one machine.
     *
     * @param environment the environment variables
     * @param osName the system property {@code os.name}
     * @param home the person's home directory
     * @param launcher the absolute path of the program a host is to start
     * @param clock names backups
     */
    public SetupCommand(Map<String, String> environment, String osName, Path home, String launcher, Clock clock) {
        HostLocations locations = new HostLocations(environment, OperatingSystem.named(osName), home);
        this.setup = new HostSetup(locations, clock);
        this.server = LaunchedServer.stdio(launcher);
    }

    @Override
    public Integer call() {
        SetupReport report = new SetupReport(spec.commandLine().getOut(), json);
        try {
            if (print) {
                report.printed(host, setup.file(host), setup.snippet(host, server));
            } else {
                SetupResult result = setup.add(host, server);
                report.done(result);
            }
            return CommandLine.ExitCode.OK;
        } catch (SetupException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("chatelaine: " + e.getMessage());
            err.println("Next: " + e.next());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** The hosts by the names a person types. */
    static final class HostIds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(McpHost.values()).map(McpHost::id).iterator();
        }
    }

    /** A typed name to its host. */
    static final class HostConverter implements CommandLine.ITypeConverter<McpHost> {
        @Override
        public McpHost convert(String value) {
            return McpHost.of(value)
                    .orElseThrow(() -> new CommandLine.TypeConversionException(
                            "expected one of " + String.join(", ", new HostIds())));
        }
    }
}
