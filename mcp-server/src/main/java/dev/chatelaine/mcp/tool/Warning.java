package dev.chatelaine.mcp.tool;

import dev.chatelaine.vault.entry.EntryRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that went well and still needs attention.
 *
 * @param code a stable name, in snake case
 * @param message what to do
 */
record Warning(String code, String message) {
    private static final Warning KEY_DETACHED = new Warning(
            "key_detached",
            "Its key was removed, because it had been entered for another provider or host. Call set_key without"
                    + " api_key, and the person enters a key for the new one.");

    /** The value was given by the assistant. */
    static List<Warning> valueSeen(EntryRequest nextTime) {
        return List.of(new Warning(
                "value_seen_by_assistant",
                "This value passed through the conversation, so it counts as exposed. Advise the person to rotate it"
                        + " (replace it at its source) and to enter the new one unseen: leave "
                        + EntryCommand.field(nextTime) + " out, or have them type " + EntryCommand.of(nextTime)
                        + " in a terminal."));
    }

    /** The key went with its recipient, if it did. */
    static List<Warning> keyDetached(boolean detached) {
        return detached ? List.of(KEY_DETACHED) : List.of();
    }

    /** Adds the warnings to an answer, which has none of the field when there are none. */
    static void add(List<Warning> warnings, Map<String, @Nullable Object> structured, StringBuilder text) {
        if (warnings.isEmpty()) {
            return;
        }
        structured.put("warnings", warnings.stream().map(Warning::structured).toList());
        warnings.forEach(warning -> text.append("\nWarning: ").append(warning.message()));
    }

    private Map<String, Object> structured() {
        Map<String, Object> structured = new LinkedHashMap<>();
        structured.put("code", code);
        structured.put("message", message);
        return structured;
    }
}
