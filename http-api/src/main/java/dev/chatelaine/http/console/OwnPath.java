package dev.chatelaine.http.console;

import dev.chatelaine.http.json.FieldNames;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody goes after they have signed in: a page of this server and nowhere else, however it is spelt.
 *
 * @param text a path with perhaps a query and a fragment, of the console or of an entry page
 */
record OwnPath(String text) {
    private static final int LONGEST = 1024;
    private static final String CHARACTERS = "A-Za-z0-9._~!$'()*+,;=:@%-";
    private static final Pattern SHAPE = Pattern.compile(
            "/(console|entry)(/[" + CHARACTERS + "]+)*/?(\\?[" + CHARACTERS + "/?&]*)?(#[" + CHARACTERS + "/?&]*)?");

    private static final OwnPath CONSOLE = new OwnPath("/console");

    OwnPath {
        if (text.length() > LONGEST || !SHAPE.matcher(text).matches()) {
            throw FieldNames.refused("next", "This is a path of the console or of an entry page.");
        }
    }

    /** The path that was asked for, or the console. */
    static OwnPath of(@Nullable String asked) {
        return asked == null || asked.isEmpty() ? CONSOLE : new OwnPath(asked);
    }
}
