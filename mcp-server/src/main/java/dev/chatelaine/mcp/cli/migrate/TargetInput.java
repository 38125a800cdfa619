package dev.chatelaine.mcp.cli.migrate;

import dev.chatelaine.mcp.cli.desk.HiddenPrompt;
import dev.chatelaine.mcp.cli.desk.Surroundings;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.store.DatabaseLocation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes the URL of a database, and its password from the person at the terminal where the URL has none. */
final class TargetInput {
    private static final int LONGEST = 8_192;

    private final Surroundings surroundings;
    private final PrintWriter err;

    TargetInput(Surroundings surroundings, PrintWriter err) {
        this.surroundings = surroundings;
        this.err = err;
    }

    /** One that stood among the arguments. */
    DatabaseLocation.PostgreSql ofArgument(String url) {
        DatabaseLocation.PostgreSql location = parsed(url);
        if (location.hasPassword()) {
            err.println(
                    "chatelaine: the password stands among the arguments, where other users of this machine see it"
                            + " and the shell's history keeps it. Change it afterwards; the next time leave it out to be asked.");
            err.flush();
        }
        return asked(location);
    }

    /** One that nobody else saw. */
    DatabaseLocation.PostgreSql of(String url) {
        return asked(parsed(url));
    }

    /** One from standard input, or from the terminal without being shown. */
    DatabaseLocation.PostgreSql read() {
        HiddenPrompt prompt = surroundings.prompt();
        if (prompt != null) {
            return of(line(prompt, "URL of the database (hidden): "));
        }
        if (surroundings.typedInSight().getAsBoolean()) {
            throw new VaultException(
                            ErrorCode.VALUE_REQUIRED,
                            "The URL cannot be asked for while standard output is redirected: it would be seen as you"
                                    + " type it. Nothing was changed.")
                    .withNext("Do not redirect the output, or give the URL on standard input.");
        }
        try {
            return of(new String(surroundings.in().readNBytes(LONGEST), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new VaultException(
                            ErrorCode.VALUE_REQUIRED,
                            "Standard input cannot be read ({}). Nothing was changed.",
                            e.getClass().getSimpleName())
                    .causedBy(e);
        }
    }

    private DatabaseLocation.PostgreSql asked(DatabaseLocation.PostgreSql location) {
        HiddenPrompt prompt = surroundings.prompt();
        if (location.hasPassword() || prompt == null) {
            return location;
        }
        String password = line(prompt, "Password for " + location + " (hidden; none with Enter): ");
        return password.isEmpty() ? location : location.withPassword(password);
    }

    private static String line(HiddenPrompt prompt, String question) {
        char[] typed = prompt.ask(question);
        if (typed == null) {
            throw new VaultException(ErrorCode.VALUE_REQUIRED, "Nothing was given. Nothing was changed.");
        }
        try {
            return new String(typed);
        } finally {
            Arrays.fill(typed, '\0');
        }
    }

    private static DatabaseLocation.PostgreSql parsed(String url) {
        return (DatabaseLocation.PostgreSql) DatabaseLocation.url(url.strip());
    }
}
