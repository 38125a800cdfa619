package dev.chatelaine.mcp.cli.doctor;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.Table;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code doctor}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        header = "Check that everything is well, and say what to do where it is not.",
        description = "Mends nothing. Exit code 1 when something is wrong.",
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine doctor", "  chatelaine doctor --json"})
public final class DoctorCommand implements Callable<Integer> {
    private static final int WIDTH = 11;

    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private DoctorCommand(Desk desk) {
        this.desk = desk;
    }

    /** The command. */
    public static CommandLine at(Desk desk) {
        return new CommandLine(new DoctorCommand(desk));
    }

    @Override
    public Integer call() {
        Checks checks = new Checks();
        if (new PlatformChecks(desk).make(checks)) {
            new VaultChecks(desk).make(checks);
        }
        new HostChecks(desk.surroundings()).make(checks);
        List<Finding> findings = checks.findings();
        Map<String, @Nullable Object> forScripts = new LinkedHashMap<>();
        forScripts.put("well", checks.allWell());
        forScripts.put("checks", findings.stream().map(Finding::forScripts).toList());
        return answer.judge(checks.allWell(), forScripts, out -> findings.forEach(finding -> print(out, finding)));
    }

    private void print(PrintWriter out, Finding finding) {
        String colour = switch (finding.state()) {
            case GOOD -> "green";
            case NOTE -> "yellow";
            case BAD -> "red";
        };
        Ansi ansi = spec.commandLine().getColorScheme().ansi();
        String mark = ansi.string("@|" + colour + " " + finding.state().mark() + "|@");
        String padding = " ".repeat(Math.max(1, WIDTH - finding.check().length()));
        out.println(mark + " " + finding.check() + padding + Table.printable(finding.found()));
        if (finding.next() != null) {
            out.println("  " + " ".repeat(WIDTH) + "→ " + Table.printable(finding.next()));
        }
    }
}
