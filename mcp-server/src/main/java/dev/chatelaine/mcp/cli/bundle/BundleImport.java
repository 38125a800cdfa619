package dev.chatelaine.mcp.cli.bundle;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.envfile.Assignment;
import dev.chatelaine.mcp.envfile.EnvFileReader;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.bundle.Bundle;
import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.bundle.BundleValues;
import dev.chatelaine.vault.bundle.Bundles;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.crypto.SecretValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bundle import NAME --from FILE}. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        header = "Make a bundle of an environment file, or replace all values of one.",
        description = {
            "The file has lines KEY=value, with or without `export`; values may stand in single quotes (taken as they"
                    + " are) or double quotes (with \\n, \\t, \\\" and \\\\), and go over several lines there. # begins"
                    + " a comment. Nothing is expanded: $HOME is those five characters.",
            "With --replace the running sessions that have the bundle get its new values at once. The file is not"
                    + " deleted."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  chatelaine bundle import github-bot --from .env",
            "  chatelaine bundle import github-bot --replace --from .env",
            "  pass show github-bot | chatelaine bundle import github-bot --from -"
        })
final class BundleImport implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(paramLabel = "NAME", description = "1 to 63 lower-case letters, digits and -.")
    private String name = "";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "FILE",
            description = "The environment file; - for standard input.")
    private String from = "";

    @Option(names = "--replace", description = "The bundle is there: replace all of its values.")
    private boolean replace;

    BundleImport(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        BundleName checked = BundleName.of(name);
        desk.requireWritable();
        BundleValues values = values();
        Bundles bundles = desk.vaultToChange().bundles();
        Bundle stored = replace ? bundles.replace(desk.actor(), checked, values) : create(bundles, checked, values);
        String did = replace ? "Replaced the values of " : "Made the bundle ";
        return answer.give(
                Map.of("bundle", BundleCommand.forScripts(stored)),
                out -> out.println(did + stored.name() + ": " + BundleCommand.keys(stored) + "."));
    }

    private Bundle create(Bundles bundles, BundleName checked, BundleValues values) {
        try {
            return bundles.create(desk.actor(), checked, values);
        } catch (VaultException e) {
            throw e.code() == ErrorCode.BUNDLE_EXISTS
                    ? e.withNext("chatelaine bundle import " + checked + " --replace --from FILE")
                    : e;
        }
    }

    private BundleValues values() {
        byte[] file = new SourceFile(desk.surroundings()).read(from);
        try {
            return new BundleValues(checked(EnvFileReader.read(file)));
        } finally {
            Arrays.fill(file, (byte) 0);
        }
    }

    private static SortedMap<KeyName, SecretValue> checked(List<Assignment> assignments) {
        SortedMap<KeyName, SecretValue> values = new TreeMap<>();
        for (Assignment assignment : assignments) {
            values.put(key(assignment), assignment.value());
        }
        return values;
    }

    private static KeyName key(Assignment assignment) {
        try {
            return new KeyName(assignment.key());
        } catch (VaultException e) {
            throw new VaultException(e.code(), "Line {}: {}", assignment.line(), e.text()).withField("from");
        }
    }
}
