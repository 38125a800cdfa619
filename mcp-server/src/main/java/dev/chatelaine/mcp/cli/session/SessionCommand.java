package dev.chatelaine.mcp.cli.session;

import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.session.Session;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code session}: the group. */
@Command(
        name = "session",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header = "Run commands whose values can be replaced while they run.",
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine session run --bundle github-bot -- ./agent.sh", "  chatelaine session list"})
public final class SessionCommand {
    /** The group with its commands. */
    public static CommandLine at(Desk desk) {
        return new CommandLine(new SessionCommand())
                .addSubcommand(SessionRun.at(desk))
                .addSubcommand(new SessionList(desk))
                .addSubcommand(new SessionStop(desk));
    }

    static Map<String, @Nullable Object> forScripts(Session session) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("id", session.id());
        answer.put("status", session.status().label());
        answer.put("agent", Map.of("kind", session.agent()));
        answer.put("secrets", session.bundles().stream().map(BundleName::value).toList());
        answer.put("key_names", session.keyNames().stream().map(KeyName::value).toList());
        answer.put("revision", session.revision());
        answer.put("user_id", session.userId());
        answer.put("created_at", session.createdAt().toString());
        Instant stopped = session.stoppedAt();
        answer.put("stopped_at", stopped == null ? null : stopped.toString());
        return answer;
    }
}
