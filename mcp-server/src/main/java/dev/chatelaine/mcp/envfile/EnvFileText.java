package dev.chatelaine.mcp.envfile;

import dev.chatelaine.vault.crypto.RevealsSecret;
import dev.chatelaine.vault.crypto.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes an environment file that {@code sh} reads with {@code .} exactly, and readers of {@code .env} files as far as
 * they can: a value that stands in single quotes in all of them is written so, one with an apostrophe alone in double
 * quotes, which need no escape then. What is left has quotes of both kinds, or backslashes at their places; it is
 * escaped as {@code sh} wants it, and not all other readers undo that.
 */
final class EnvFileText {
    /** The first line of every file. */
    static final String HEADING = "# Written by `chatelaine session run`, which replaces and deletes it.";

    private static final String ESCAPED_BY_SHELLS = "[\\\\\"$`]";

    private EnvFileText() {}

    @RevealsSecret(RevealsSecret.Place.CHILD_ENVIRONMENT)
    static byte[] of(Map<String, SecretValue> values) {
        StringBuilder text = new StringBuilder(HEADING).append('\n');
        values.forEach((name, value) ->
                text.append(name).append('=').append(quoted(value.reveal())).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static String quoted(String value) {
        boolean single = value.indexOf('\'') < 0 && !value.contains("\\\\") && !value.endsWith("\\");
        if (single) {
            return "'" + value + "'";
        }
        return '"' + value.replaceAll(ESCAPED_BY_SHELLS, "\\\\$0") + '"';
    }
}
