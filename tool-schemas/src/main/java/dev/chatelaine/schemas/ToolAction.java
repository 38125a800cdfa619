package dev.chatelaine.schemas;

import java.util.Map;
import java.util.Set;

/**
 * One value of a tool's {@code action}.
 *
 * @param name the value, such as {@code create}
 * @param mutating whether it changes the vault; a read-only server neither offers nor performs it
 * @param properties the arguments that mean something to it, {@code action} itself apart
 */
public record ToolAction(String name, boolean mutating, Set<String> properties) {

    public ToolAction {
        properties = Set.copyOf(properties);
    }

    static ToolAction of(String name, Map<String, Object> json) {
        return new ToolAction(name, Json.bool(json, "mutating"), Set.copyOf(Json.strings(json, "properties")));
    }
}
