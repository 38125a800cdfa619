package dev.chatelaine.mcp.cli.migrate;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.ProgressBar;
import dev.chatelaine.mcp.cli.desk.StatedUsageException;
import dev.chatelaine.mcp.config.Setting;
import dev.chatelaine.mcp.local.LocalVault;
import dev.chatelaine.vault.move.MoveResult;
import dev.chatelaine.vault.move.VaultMove;
import dev.chatelaine.vault.store.DatabaseLocation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code migrate}. The operator's. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        header = "Move the vault from its file into an empty PostgreSQL database.",
        description = {
            "The file is only read, and stays. Values move as they are sealed; the root key stays where it is and is"
                    + " needed to check them. A move that was interrupted goes on when it is run again, and until it is"
                    + " done the new database opens for nobody.",
            "Stop the processes that use the vault first: what is written meanwhile makes the move be refused at its"
                    + " end, and what is written to the file afterwards stays there.",
            "A password among the arguments is seen by other users of this machine: leave it out of the URL to be asked"
                    + " for it, or give the whole URL in CHATELAINE_MIGRATE_TO or on standard input."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  chatelaine migrate --to postgresql://chatelaine@db.example/chatelaine    (asks)",
            "  pass show chatelaine/database-url | chatelaine migrate --to - --json"
        })
public final class MigrateCommand implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--to",
            paramLabel = "URL",
            description = "Where to: postgresql://user@host:port/database. With - it is read from standard input. If"
                    + " not given, CHATELAINE_MIGRATE_TO.")
    private @Nullable String to;

    @Option(
            names = "--with-faults",
            description =
                    "Also move a vault in which values do not open or audit events were changed; they are listed.")
    private boolean withFaults;

    /** The command at this desk. */
    public MigrateCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        desk.requireWritable();
        Path file = desk.settings().databaseFile();
        DatabaseLocation.PostgreSql target = target();
        VaultMove move = new VaultMove(
                LocalVault.rootKey(desk.settings()),
                desk.surroundings().clock(),
                desk.surroundings().random());
        try (ProgressBar bar =
                new ProgressBar(spec.commandLine().getErr(), desk.surroundings().interactive(), "steps")) {
            MoveResult result = move.move(file, target, withFaults, bar);
            Moved moved = new Moved(file, target, result);
            return answer.judge(result.moved(), moved.forScripts(), moved::print);
        }
    }

    private DatabaseLocation.PostgreSql target() {
        TargetInput input =
                new TargetInput(desk.surroundings(), spec.commandLine().getErr());
        if ("-".equals(to)) {
            return input.read();
        }
        if (to != null) {
            return input.ofArgument(to);
        }
        Optional<String> set = desk.settings().given(Setting.MIGRATE_TO);
        return input.of(set.orElseThrow(() -> new StatedUsageException(
                spec.commandLine(),
                "Where to? Give --to postgresql://user@host/database, or set CHATELAINE_MIGRATE_TO.")));
    }
}
