package dev.chatelaine.mcp.tool;

import dev.chatelaine.vault.access.Actor;
import java.util.Map;

/** One tool. Safe for several threads. */
public interface ToolHandler {
    /** The tool's name in a call: {@code manage_secrets}. */
    String name();

    /**
     * Performs a call, and blocks until it is done. Whatever goes wrong is an outcome too: no exception leaves it.
     *
     * @param actor who calls
     * @param arguments as they were parsed from JSON (text, numbers, booleans, lists, maps, null), unchecked; not kept,
     *     not changed and never logged
     */
    ToolOutcome call(Actor actor, Map<String, Object> arguments);
}
