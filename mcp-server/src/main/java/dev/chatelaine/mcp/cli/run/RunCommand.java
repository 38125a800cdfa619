package dev.chatelaine.mcp.cli.run;

import dev.chatelaine.mcp.child.Child;
import dev.chatelaine.mcp.child.Injection;
import dev.chatelaine.mcp.child.Masks;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.Reference;
import dev.chatelaine.mcp.cli.desk.StatedUsageException;
import dev.chatelaine.mcp.cli.desk.Surroundings;
import dev.chatelaine.mcp.config.Setting;
import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.bundle.KeyName;
import java.io.PrintWriter;
import java.util.ArrayList;
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

/** {@code run --secret ENV=NAME --bundle NAME -- CMD…}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        customSynopsis = "chatelaine run [--secret ENV=NAME]... [--bundle NAME]... [--home DIR] [--tenant NAME]"
                + " -- CMD [ARG]...",
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
            "  chatelaine run --bundle github-bot -- ./bot.sh",
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

    @Option(
            names = "--bundle",
            paramLabel = "NAME",
            description = "The values of this bundle, each in the variable of its key. Repeatable.")
    private List<String> bundles = new ArrayList<>();

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
        List<BundleName> named = bundles.stream().map(BundleName::new).toList();
        refuseTwice(references, named);
        ProcessBuilder builder = new ProcessBuilder(command);
        Setting.secrets().forEach(builder.environment()::remove);
        Surroundings around = desk.surroundings();
        Injection injection = new Injection(builder.environment(), Injection.charset(around.properties()));
        Variables.open(desk, references, named).forEach(variable -> variable.putInto(injection));
        // The vault is not needed any more, and a child may live long.
        desk.close();
        warn(injection);
        Masks masks = new Masks();
        masks.add(injection.forms());
        return Child.start(builder, masks, around.out(), around.err()).await(around.interactive());
    }

    private void refuseTwice(List<Reference> references, List<BundleName> named) {
        Set<KeyName> seen = new HashSet<>();
        if (!references.stream().map(Reference::variable).allMatch(seen::add)) {
            throw new StatedUsageException(
                    spec.commandLine(), "Two secrets are to be in the same variable. Nothing was started.");
        }
        if (new HashSet<>(named).size() < named.size()) {
            throw new StatedUsageException(spec.commandLine(), "A bundle is named twice. Nothing was started.");
        }
    }

    private void warn(Injection injection) {
        PrintWriter err = spec.commandLine().getErr();
        for (String name : injection.unmasked()) {
            err.println("chatelaine: the value of " + name + " is too short to be masked in the output.");
        }
    }
}
