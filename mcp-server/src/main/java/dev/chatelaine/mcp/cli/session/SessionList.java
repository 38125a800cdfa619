package dev.chatelaine.mcp.cli.session;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.cli.desk.Facts;
import dev.chatelaine.mcp.cli.desk.Table;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.session.Session;
import dev.chatelaine.vault.session.SessionPage;
import dev.chatelaine.vault.session.SessionQuery;
import dev.chatelaine.vault.session.SessionStatus;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code session list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        header = "List the running sessions, the newest first.",
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine session list", "  chatelaine session list --all --json"})
final class SessionList implements Callable<Integer> {
    private static final int PAGE = 200;

    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Option(names = "--all", description = "Those that are stopped too.")
    private boolean all;

    SessionList(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        List<Session> sessions = sessions(all ? null : SessionStatus.RUNNING);
        return answer.give(
                Map.of(
                        "sessions",
                        sessions.stream().map(SessionCommand::forScripts).toList()),
                out -> print(out, sessions));
    }

    private List<Session> sessions(@Nullable SessionStatus status) {
        List<Session> sessions = new ArrayList<>();
        String cursor = null;
        do {
            SessionPage page = desk.vault().sessions().list(desk.actor(), new SessionQuery(status, PAGE, cursor));
            sessions.addAll(page.sessions());
            cursor = page.nextCursor();
        } while (cursor != null);
        return sessions;
    }

    private static void print(PrintWriter out, List<Session> sessions) {
        if (sessions.isEmpty()) {
            out.println("No sessions. Run one: chatelaine session run --bundle NAME -- CMD");
            return;
        }
        Table table = new Table("ID", "STATUS", "AGENT", "REVISION", "STARTED", "STOPPED", "KEYS");
        for (Session session : sessions) {
            Facts facts = new Facts(SessionCommand.forScripts(session));
            table.row(
                    session.id(),
                    session.status().label(),
                    session.agent(),
                    session.revision(),
                    facts.time("created_at"),
                    facts.time("stopped_at"),
                    session.keyNames().stream().map(KeyName::value).collect(Collectors.joining(", ")));
        }
        table.print(out);
    }
}
