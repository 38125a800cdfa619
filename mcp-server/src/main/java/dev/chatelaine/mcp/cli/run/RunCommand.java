package dev.chatelaine.mcp.cli.run;

import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.StatedUsageException;
import dev.chatelaine.mcp.cli.desk.Surroundings;
import dev.chatelaine.mcp.config.Setting;
import dev.chatelaine.vault.secret.SecretUse;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run --secret ENV=NAME -- CMD…}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        customSynopsis = "chatelaine run [--secret ENV=NAME]... [--home DIR] [--tenant NAME] -- CMD [ARG]...",
        header = "Run a command with secrets in its environment, and mask them in its output.",
        description = {
            "The values are in the environment of the command alone: not in arguments, not in files. Where it prints one"
                    + " (as it is, or as JSON, base64, hex or URL encoding), •••• appears instead; values of fewer than"
                    + " 4 characters are not masked.",
            "Its input is yours, its exit code becomes this one's, and it is told when this process is told to end."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  chatelaine run --secret STRIPE_KEY=stripe_live -- ./deploy.sh",
            "  chatelaine run --secret PGPASSWORD=reports_db -- psql -h db -U reports",
        })
public final class RunCommand implements Callable<Integer> {
    private final Desk desk;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--secret",
            paramLabel = "ENV=NAME",
            converter = Reference.Converter.class,
            description = "The variable ENV holds the secret NAME. Repeatable.")
    private List<Reference.Typed> secrets = new ArrayList<>();

    @Parameters(paramLabel = "CMD", arity = "1..*", description = "The command and its arguments, after --.")
    private List<String> command = new ArrayList<>();

    private RunCommand(Desk desk) {
        this.desk = desk;
    }

    /** The command, whose own options end where the child's begin. */
    public static CommandLine at(Desk desk) {
        return new CommandLine(new RunCommand(desk)).setStopAtPositional(true);
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Reference> references =
                secrets.stream().map(Reference.Typed::checked).toList();
        refuseTwice(references);
        ProcessBuilder builder = new ProcessBuilder(command);
        Arrays.stream(Setting.values())
                .filter(Setting::secret)
                .map(Setting::variable)
                .forEach(builder.environment()::remove);
        Injection injection = new Injection(builder.environment(), environmentCharset());
        inject(references, injection);
        // The vault is not needed any more, and a child may live long.
        desk.close();
        warn(injection);
        Surroundings around = desk.surroundings();
        return Child.start(builder, injection.patterns(), around.out(), around.err())
                .await(around.interactive());
    }

    private void inject(List<Reference> references, Injection injection) {
        if (references.isEmpty()) {
            return;
        }
        List<SecretUse.Opened> opened = desk.vault()
                .secretUse()
                .openForRun(
                        desk.actor(), references.stream().map(Reference::secret).toList());
        for (int i = 0; i < opened.size(); i++) {
            injection.put(references.get(i).variable(), opened.get(i));
        }
    }

    private void refuseTwice(List<Reference> references) {
        Set<EnvironmentName> seen = new HashSet<>();
        if (!references.stream().map(Reference::variable).allMatch(seen::add)) {
            throw new StatedUsageException(
                    spec.commandLine(), "Two secrets are to be in the same variable. Nothing was started.");
        }
    }

    private void warn(Injection injection) {
        PrintWriter err = spec.commandLine().getErr();
        for (String name : injection.unmasked()) {
            err.println("chatelaine: the value of " + name + " is too short to be masked in the output.");
        }
    }

    /** Java encodes an environment as its own default up to 17, and as the platform's from 18 on. */
    private Charset environmentCharset() {
        String platform = desk.surroundings().properties().getOrDefault("sun.jnu.encoding", "UTF-8");
        return Runtime.version().feature() < 18 ? Charset.defaultCharset() : Charset.forName(platform);
    }
}
