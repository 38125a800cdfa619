package dev.chatelaine.mcp.cli.bundle;

import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.vault.bundle.Bundle;
import dev.chatelaine.vault.bundle.KeyName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bundle}: the group. */
@Command(
        name = "bundle",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header = "Keep sets of values that a program gets together.",
        description = "`run --bundle` and `session run --bundle` hand them to a command.",
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine bundle import github-bot --from .env", "  chatelaine bundle list"})
public final class BundleCommand {
    /** The group with its commands. */
    public static CommandLine at(Desk desk) {
        return new CommandLine(new BundleCommand())
                .addSubcommand(new BundleImport(desk))
                .addSubcommand(new BundleList(desk))
                .addSubcommand(new BundleDelete(desk));
    }

    static Map<String, @Nullable Object> forScripts(Bundle bundle) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("name", bundle.name().value());
        answer.put("key_names", bundle.keyNames().stream().map(KeyName::value).toList());
        answer.put("created_at", bundle.createdAt().toString());
        Instant rotated = bundle.lastRotatedAt();
        answer.put("last_rotated_at", rotated == null ? null : rotated.toString());
        return answer;
    }

    static String keys(Bundle bundle) {
        return bundle.keyNames().stream().map(KeyName::value).collect(Collectors.joining(", "));
    }
}
