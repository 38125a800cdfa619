package dev.chatelaine.mcp.cli.session;

import dev.chatelaine.mcp.cli.desk.Answer;
import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.vault.session.Session;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code session stop ID}. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        header = "Stop a session: its values and its token are destroyed.",
        description = "A command that `session run` runs in it is ended.",
        footerHeading = "%nExample:%n",
        footer = "  chatelaine session stop ses_cd04wc16xd7qa7hjrhey9vp95h")
final class SessionStop implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private final Answer answer = new Answer();

    @Parameters(paramLabel = "ID", description = "The session's id, as `session list` has it.")
    private String id = "";

    SessionStop(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Session stopped = desk.vaultToChange().sessions().stop(desk.actor(), id);
        return answer.give(
                Map.of("session", SessionCommand.forScripts(stopped)),
                out -> out.println("Stopped " + stopped.id() + "."));
    }
}
