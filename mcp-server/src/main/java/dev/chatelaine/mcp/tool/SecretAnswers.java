package dev.chatelaine.mcp.tool;

import static dev.chatelaine.mcp.tool.Facts.hint;
import static dev.chatelaine.mcp.tool.Facts.quoted;
import static dev.chatelaine.mcp.tool.Facts.since;
import static dev.chatelaine.mcp.tool.Facts.time;
import static dev.chatelaine.mcp.tool.Facts.timeOrNull;

import dev.chatelaine.mcp.tool.ToolOutcome.Done;
import dev.chatelaine.vault.secret.SecretMetadata;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.secret.SecretPage;
import dev.chatelaine.vault.secret.SecretVersion;
import dev.chatelaine.vault.verify.KeyVerifications.VerifiedSecret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code manage_secrets} answers. */
final class SecretAnswers {
    private SecretAnswers() {}

    static Done one(SecretAction action, String did, SecretMetadata secret, List<Warning> warnings) {
        Map<String, @Nullable Object> structured = start(action);
        structured.put("secret", structured(secret));
        StringBuilder text = new StringBuilder(did).append(' ').append(line(secret));
        Warning.add(warnings, structured, text);
        return new Done(structured, text.toString());
    }

    static Done page(SecretPage page) {
        Map<String, @Nullable Object> structured = start(SecretAction.LIST);
        structured.put(
                "secrets",
                page.secrets().stream().map(SecretAnswers::structured).toList());
        StringBuilder text = new StringBuilder(counted(page.secrets().size()));
        page.secrets().forEach(secret -> text.append("\n- ").append(line(secret)));
        if (page.nextCursor() != null) {
            structured.put("next_cursor", page.nextCursor());
            text.append("\nThere are more: list again with cursor ").append(page.nextCursor());
        }
        return new Done(structured, text.toString());
    }

    static Done history(SecretName name, List<SecretVersion> versions) {
        Map<String, @Nullable Object> structured = start(SecretAction.HISTORY);
        structured.put("name", name.value());
        structured.put(
                "versions", versions.stream().map(SecretAnswers::structured).toList());
        StringBuilder text =
                new StringBuilder("Versions of ").append(quoted(name.value())).append(", newest first:");
        versions.forEach(version -> text.append("\n- ").append(line(version)));
        return new Done(structured, text.toString());
    }

    static Done verified(VerifiedSecret verified) {
        SecretMetadata secret = verified.secret();
        Map<String, @Nullable Object> structured = start(SecretAction.VERIFY);
        structured.put("name", secret.name().value());
        structured.put("status", verified.status().label());
        structured.put("secret", structured(secret));
        String verdict = Facts.verdict(quoted(secret.name().value()), verified.status());
        return new Done(structured, verdict + "\n" + line(secret));
    }

    private static Map<String, @Nullable Object> start(SecretAction action) {
        Map<String, @Nullable Object> structured = new LinkedHashMap<>();
        structured.put(Action.FIELD, action.label());
        return structured;
    }

    private static Map<String, @Nullable Object> structured(SecretMetadata secret) {
        Map<String, @Nullable Object> structured = new LinkedHashMap<>();
        structured.put("id", secret.id());
        structured.put("name", secret.name().value());
        structured.put("category", secret.category().label());
        structured.put("description", secret.description().text());
        structured.put("hint", secret.hint());
        structured.put("version", secret.version());
        structured.put("created_at", time(secret.createdAt()));
        structured.put("updated_at", time(secret.updatedAt()));
        structured.put("last_used_at", timeOrNull(secret.lastUsedAt()));
        if (secret.deletedAt() != null && secret.purgeAt() != null) {
            structured.put("deleted_at", time(secret.deletedAt()));
            structured.put("purge_at", time(secret.purgeAt()));
        }
        if (secret.provider() != null) {
            structured.put("provider", secret.provider().value());
        }
        return structured;
    }

    private static Map<String, @Nullable Object> structured(SecretVersion version) {
        Map<String, @Nullable Object> structured = new LinkedHashMap<>();
        structured.put("number", version.number());
        structured.put("hint", version.hint());
        structured.put("created_at", time(version.createdAt()));
        structured.put("created_by", version.createdBy());
        structured.put("current", version.current());
        return structured;
    }

    private static String line(SecretMetadata secret) {
        StringBuilder line = new StringBuilder(quoted(secret.name().value()))
                .append(" (version ")
                .append(secret.version())
                .append(", ")
                .append(hint(secret.hint()))
                .append("): ")
                .append(secret.category().label());
        if (secret.provider() != null) {
            line.append(" for ").append(secret.provider());
        }
        line.append(", id ").append(secret.id());
        line.append(", created ").append(time(secret.createdAt()));
        line.append(", changed ").append(time(secret.updatedAt()));
        line.append(", ").append(since("used", secret.lastUsedAt()));
        if (secret.deletedAt() != null && secret.purgeAt() != null) {
            line.append(", DELETED ").append(time(secret.deletedAt()));
            line.append(", can be restored until ").append(time(secret.purgeAt()));
        }
        String description = secret.description().text();
        return (description.isEmpty() ? line : line.append(", described as ").append(quoted(description))) + ".";
    }

    private static String line(SecretVersion version) {
        return version.number() + (version.current() ? " (current)" : "") + ": " + hint(version.hint()) + ", stored "
                + time(version.createdAt()) + " by " + quoted(version.createdBy());
    }

    private static String counted(int secrets) {
        return switch (secrets) {
            case 0 -> "No secrets.";
            case 1 -> "1 secret:";
            default -> secrets + " secrets:";
        };
    }
}
