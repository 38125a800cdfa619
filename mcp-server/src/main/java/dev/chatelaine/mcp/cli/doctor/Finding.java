package dev.chatelaine.mcp.cli.doctor;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param check what was looked at, in one or two words
 * @param state how it is
 * @param found what was seen
 * @param next what to do, where there is something to do
 */
record Finding(
        String check, State state, String found, @Nullable String next) {

    /** How something is. */
    enum State {
        GOOD("✓"),
        /** Worth knowing, and no failure. */
        NOTE("·"),
        BAD("✗");

        private final String mark;

        State(String mark) {
            this.mark = mark;
        }

        String mark() {
            return mark;
        }
    }

    static Finding good(String check, String found) {
        return new Finding(check, State.GOOD, found, null);
    }

    static Finding note(String check, String found, String next) {
        return new Finding(check, State.NOTE, found, next);
    }

    static Finding bad(String check, String found, @Nullable String next) {
        return new Finding(check, State.BAD, found, next);
    }

    Map<String, @Nullable Object> forScripts() {
        Map<String, @Nullable Object> finding = new LinkedHashMap<>();
        finding.put("check", check);
        finding.put("state", state.name().toLowerCase(Locale.ROOT));
        finding.put("found", found);
        finding.put("next", next);
        return finding;
    }
}
