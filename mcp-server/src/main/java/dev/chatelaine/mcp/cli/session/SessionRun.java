package dev.chatelaine.mcp.cli.session;

import com.google.errorprone.annotations.CompileTimeConstant;
import dev.chatelaine.mcp.child.Injection;
import dev.chatelaine.mcp.child.Signal;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.Reference;
import dev.chatelaine.mcp.cli.desk.StatedUsageException;
import dev.chatelaine.mcp.cli.desk.Surroundings;
import dev.chatelaine.mcp.cli.desk.TimeSpan;
import dev.chatelaine.mcp.config.Setting;
import dev.chatelaine.mcp.envfile.EnvFile;
import dev.chatelaine.mcp.runtime.ChildPlan;
import dev.chatelaine.mcp.runtime.Manner;
import dev.chatelaine.mcp.runtime.OnUpdate;
import dev.chatelaine.mcp.runtime.SessionRequest;
import dev.chatelaine.mcp.runtime.SessionRuntime;
import dev.chatelaine.mcp.runtime.SessionServer;
import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.secret.SecretName;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code session run --bundle NAME -- CMD…}: the reference runtime. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        customSynopsis = {
            "chatelaine session run [--bundle NAME]... [--secret ENV=NAME]... [--server URL]",
            "                       [--on-update=restart|signal|file] [--signal NAME] [--grace TIME]",
            "                       [--env-file FILE] [--agent KIND] -- CMD [ARG]..."
        },
        header = "Run a command in a session, and give it new values when they change.",
        description = {
            "Opens a session on `chatelaine serve` and starts the command with the session's values in its environment."
                    + " When one changes, the command is restarted, or its env file is rewritten, with a signal or"
                    + " without. Values, old and new, are masked in its output.",
            "The session is the local user's; with CHATELAINE_TOKEN set, that token's. Exit codes: the command's; 1 when"
                    + " it could not be started; 75 when it was ended because its session is over."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  chatelaine session run --bundle github-bot -- ./agent.sh",
            "  chatelaine session run --bundle github-bot --on-update=signal -- nginx -g 'daemon off;'",
            "  chatelaine session run --secret OPENAI_API_KEY=provider_key_openai \\",
            "      --on-update=file --env-file /run/agent/.env -- node agent.js"
        })
final class SessionRun implements Callable<Integer> {
    private final Desk desk;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--bundle",
            paramLabel = "NAME",
            description = "The values of this bundle, each in the variable of its key. Repeatable.")
    private List<String> bundles = new ArrayList<>();

    @Option(
            names = "--secret",
            paramLabel = "ENV=NAME",
            converter = Reference.Converter.class,
            description = "The variable ENV holds the secret NAME. Repeatable.")
    private List<Reference.Typed> secrets = new ArrayList<>();

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Where `serve` is; CHATELAINE_SERVER if not given, else http://127.0.0.1:8470.")
    private @Nullable String server;

    @Option(
            names = "--on-update",
            paramLabel = "WAY",
            defaultValue = "restart",
            converter = UpdateWay.class,
            description = "restart ends the command and starts it again; signal rewrites its env file and sends it a"
                    + " signal; file only rewrites. ${DEFAULT-VALUE} if not given.")
    private OnUpdate onUpdate = OnUpdate.RESTART;

    @Option(names = "--signal", paramLabel = "NAME", description = "Which signal; HUP if not given.")
    private @Nullable String signal;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = TimeSpan.class,
            description = "How long the command may take to end before it is killed; ${DEFAULT-VALUE} if not given.")
    private Duration grace = Duration.ZERO;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description =
                    "Where the env file is, for its owner alone. If not given: a private folder. The command finds"
                            + " its path in CHATELAINE_ENV_FILE; it is deleted at the end.")
    private @Nullable Path envFile;

    @Option(
            names = "--agent",
            paramLabel = "KIND",
            defaultValue = "cli",
            description = "What the session's list says of the command; ${DEFAULT-VALUE} if not given.")
    private String agent = "";

    @Parameters(paramLabel = "CMD", arity = "1..*", description = "The command and its arguments, after --.")
    private List<String> command = new ArrayList<>();

    private SessionRun(Desk desk) {
        this.desk = desk;
    }

    /** The command, whose own options end where the child's begin. */
    static CommandLine at(Desk desk) {
        return new CommandLine(new SessionRun(desk)).setStopAtPositional(true);
    }

    @Override
    public Integer call() throws InterruptedException {
        SessionRequest request = request();
        Manner manner = manner();
        URI address = ServerAddress.of(server, desk.settings());
        SessionRuntime runtime = new SessionRuntime(
                new SessionServer(address),
                new Person(desk),
                desk.surroundings().random(),
                this::note);
        ProcessEnd end = ProcessEnd.tells(runtime::tell);
        int code = ExitCode.SOFTWARE;
        try (EnvFile file = envFile()) {
            code = runtime.run(request, plan(file), manner);
            return code;
        } finally {
            end.concluded(code);
        }
    }

    private SessionRequest request() {
        SortedMap<KeyName, SecretName> references = new TreeMap<>();
        for (Reference reference :
                secrets.stream().map(Reference.Typed::checked).toList()) {
            if (references.put(reference.variable(), reference.secret()) != null) {
                throw usage("Two secrets are to be in the same variable. Nothing was started.");
            }
        }
        if (bundles.isEmpty() && references.isEmpty()) {
            throw usage("A session is for values: give --bundle or --secret. Nothing was started.");
        }
        return new SessionRequest(agent, bundles.stream().map(BundleName::new).toList(), references);
    }

    private Manner manner() {
        if (signal != null && onUpdate != OnUpdate.SIGNAL) {
            throw usage("--signal goes with --on-update=signal. Nothing was started.");
        }
        if (onUpdate == OnUpdate.SIGNAL && desk.surroundings().osName().startsWith("Windows")) {
            throw usage("Windows has no signals: use --on-update=restart or file. Nothing was started.");
        }
        return new Manner(
                onUpdate,
                Signal.of(signal == null ? "HUP" : signal),
                grace,
                desk.surroundings().interactive());
    }

    private @Nullable EnvFile envFile() {
        if (envFile != null) {
            return EnvFile.at(envFile);
        }
        if (onUpdate == OnUpdate.RESTART) {
            return null;
        }
        return EnvFile.inPrivateFolder(
                Optional.ofNullable(desk.surroundings().environment().get("XDG_RUNTIME_DIR"))
                        .filter(folder -> !folder.isBlank())
                        .map(Path::of));
    }

    private ChildPlan plan(@Nullable EnvFile file) {
        Surroundings around = desk.surroundings();
        return new ChildPlan(
                command,
                Setting.secrets(),
                Injection.charset(around.properties()),
                around.out(),
                around.err(),
                file,
                this::note);
    }

    private void note(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("chatelaine: " + text);
        err.flush();
    }

    private StatedUsageException usage(@CompileTimeConstant final String message) {
        return new StatedUsageException(spec.commandLine(), message);
    }
}
