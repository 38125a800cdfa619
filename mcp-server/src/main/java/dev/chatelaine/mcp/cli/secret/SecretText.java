package dev.chatelaine.mcp.cli.secret;

import dev.chatelaine.mcp.cli.desk.Facts;
import dev.chatelaine.mcp.cli.desk.Table;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Metadata of secrets for people. */
final class SecretText {
    private SecretText() {}

    static Facts secret(Map<String, ? extends @Nullable Object> answer) {
        return new Facts(answer).one("secret");
    }

    /** One line: name, version, hint. */
    static String named(Facts secret) {
        String hint = secret.hint("hint");
        return secret.text("name") + " (version " + secret.text("version")
                + (hint == null ? ")" : ", ends in " + hint + ")");
    }

    static void list(PrintWriter out, List<Facts> secrets) {
        if (secrets.isEmpty()) {
            out.println("No secrets. Store one: chatelaine secret set NAME");
            return;
        }
        Table table = new Table("NAME", "CATEGORY", "HINT", "VERSION", "CHANGED", "LAST USED", "DESCRIPTION");
        for (Facts secret : secrets) {
            String deleted = secret.time("deleted_at");
            table.row(
                    secret.text("name"),
                    secret.text("category"),
                    secret.hint("hint"),
                    secret.text("version"),
                    deleted == null ? secret.time("updated_at") : "deleted " + deleted,
                    secret.time("last_used_at"),
                    secret.text("description"));
        }
        table.print(out);
    }

    static void one(PrintWriter out, Facts secret) {
        Table table = new Table("name", String.valueOf(secret.text("name")));
        table.row("id", secret.text("id"));
        table.row("category", secret.text("category"));
        table.row("provider", secret.text("provider"));
        table.row("description", secret.text("description"));
        table.row("hint", secret.hint("hint"));
        table.row("version", secret.text("version"));
        table.row("created", secret.time("created_at"));
        table.row("changed", secret.time("updated_at"));
        table.row("last used", secret.time("last_used_at"));
        table.print(out);
    }
}
