package dev.chatelaine.schemas;

import java.util.List;
import java.util.Map;

/**
 * One tool as {@code tools/list} shows it, and what its actions are. Immutable, maps and lists within maps included;
 * they keep the order of the files.
 *
 * @param name the tool's name in a call, such as {@code manage_secrets}
 * @param title the tool's name for people
 * @param description what the tool does and how it is used, written for a model; at most 1,024 characters, because some
 *     hosts' models refuse longer ones
 * @param inputSchema JSON Schema 2020-12 of the arguments: a flat object, without composition at its top
 * @param outputSchema JSON Schema 2020-12 of the structured content, errors included
 * @param annotations hints for the host
 * @param actions what a call can ask of this tool here, in the order of {@code inputSchema}; empty for a
 *     tool without actions
 */
public record ToolDefinition(
        String name,
        String title,
        String description,
        Map<String, Object> inputSchema,
        Map<String, Object> outputSchema,
        ToolAnnotations annotations,
        List<ToolAction> actions) {

    public ToolDefinition {
        actions = List.copyOf(actions);
    }
}
