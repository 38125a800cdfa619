package dev.chatelaine.mcp.tool;

import dev.chatelaine.vault.entry.EntryRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of a call. Holds names and other metadata, and never a value. */
public sealed interface ToolOutcome {

    /**
     * The call did what it was asked.
     *
     * @param structured conforms to the tool's output schema; unmodifiable, in the order of the schema, with null where
     *     the schema allows it
     * @param text the same facts, written for a model
     */
    record Done(Map<String, @Nullable Object> structured, String text) implements ToolOutcome {
        public Done {
            structured = Collections.unmodifiableMap(new LinkedHashMap<>(structured));
        }
    }

    /**
     * The call was refused or failed, and changed nothing.
     *
     * @param structured {@code {"error": {"code", "message", "field"?, "next"?}}}; unmodifiable
     * @param text the same facts, written for a model
     */
    record Failed(Map<String, @Nullable Object> structured, String text) implements ToolOutcome {
        public Failed {
            structured = Collections.unmodifiableMap(new LinkedHashMap<>(structured));
        }
    }

    /**
     * The call needs a value that a person enters where the assistant does not see it. Nothing was stored.
     *
     * @param request what the person is asked for
     * @param reason why the value is to be entered
     */
    record NeedsEntry(EntryRequest request, Reason reason) implements ToolOutcome {
        /** Why a value is to be entered. */
        public enum Reason {
            /** The call left it out. */
            LEFT_OUT,
            /** The call had one, which was not looked at: values from assistants are refused here. */
            INLINE_DENIED
        }
    }
}
