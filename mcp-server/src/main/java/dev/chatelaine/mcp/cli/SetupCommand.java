package dev.chatelaine.mcp.cli;

import dev.chatelaine.mcp.cli.desk.StatedUsageException;
import dev.chatelaine.mcp.config.Setting;
import dev.chatelaine.mcp.host.HostLocations;
import dev.chatelaine.mcp.host.HostSetup;
import dev.chatelaine.mcp.host.LaunchedServer;
import dev.chatelaine.mcp.host.McpHost;
import dev.chatelaine.mcp.host.OperatingSystem;
import dev.chatelaine.mcp.host.ServedInstance;
import dev.chatelaine.mcp.host.ServedInstance.SignIn;
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
import org.jspecify.annotations.Nullable;
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
                    + "beside it. Running it again changes nothing.",
            "With --http the token is never written: Cursor and Claude Code read it from CHATELAINE_TOKEN, VS Code "
                    + "asks for it. Claude Desktop takes no address from its file."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  chatelaine setup claude-desktop",
            "  chatelaine setup vscode --print    show what would be added, and where",
            "  chatelaine setup cursor --http --url https://vault.example.com/mcp"
        })
public final class SetupCommand implements Callable<Integer> {
    private static final String HERE = "http://127.0.0.1:8470/mcp";

    private final HostSetup setup;
    private final LaunchedServer launched;
    private final Map<String, String> environment;

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

    @Option(
            names = "--http",
            description = "Add an instance that is served over HTTP, instead of a server that the host starts.")
    private boolean http;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where it is served; CHATELAINE_PUBLIC_URL or " + HERE + " if not given.")
    private @Nullable String url;

    @Option(names = "--oauth", description = "The host signs in by the instance's provider; no token is needed.")
    private boolean oauth;

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
        this.launched = LaunchedServer.stdio(launcher);
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() {
        SetupReport report = new SetupReport(spec.commandLine().getOut(), json);
        ServerEntry server = server();
        try {
            if (print) {
                report.printed(host, setup.file(host), setup.snippet(host, server));
            } else {
                SetupResult result = setup.add(host, server);
                report.done(result, server.nextStep(host));
            }
            return CommandLine.ExitCode.OK;
        } catch (SetupException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("chatelaine: " + e.getMessage());
            err.println("Next: " + e.next());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private ServerEntry server() {
        if (!http && (url != null || oauth)) {
            throw new StatedUsageException(
                    spec.commandLine(), "--url and --oauth go with --http. Nothing was changed.");
        }
        return http ? served() : launched;
    }

    private ServedInstance served() {
        String known = environment.getOrDefault(Setting.PUBLIC_URL.variable(), "");
        String address = url != null ? url : known.isBlank() ? HERE : known;
        return ServedInstance.at(address, oauth ? SignIn.OAUTH : SignIn.TOKEN)
                .orElseThrow(() -> new StatedUsageException(
                        spec.commandLine(),
                        "The address of an instance is https://vault.example.com/mcp, or http on this machine alone,"
                                + " where a token may travel in the clear. Nothing was changed."));
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
