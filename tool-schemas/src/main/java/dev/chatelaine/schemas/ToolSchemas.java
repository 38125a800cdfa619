package dev.chatelaine.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tools that a server offers, and its instructions to the assistant. Immutable.
 *
 * @param tools all tools, sorted by name, so that two lists of them are the same
 * @param instructions what the server tells an assistant once, before any call; at most 2,048 characters, because hosts
 *     cut off what is longer
 */
public record ToolSchemas(List<ToolDefinition> tools, String instructions) {

    private static final List<String> NAMES = List.of("configure_llm", "list_byok_providers", "manage_secrets");

    public ToolSchemas {
        tools = List.copyOf(tools);
    }

    /** Reads the tools with all their actions, as {@link #load(boolean) load(false)} does. */
    public static ToolSchemas load() {
        return load(false);
    }

    /**
     * Reads the tools from this module's resources. Takes tens of milliseconds in a JVM that has just
     * started, and keeps nothing for the next call: the caller holds on to the outcome. Safe from any thread.
     *
     * @param readOnly whether to leave out every mutating action, and each argument that only those take
     * @throws java.io.UncheckedIOException when a resource is missing, which is a fault of the build
     */
    public static ToolSchemas load(boolean readOnly) {
        List<ToolDefinition> tools = new ArrayList<>();
        for (String name : NAMES) {
            ToolSource source = ToolSource.read(name);
            tools.add(readOnly ? source.readOnly() : source.complete());
        }
        String instructions = readOnly ? "instructions.read-only.txt" : "instructions.txt";
        return new ToolSchemas(tools, Resources.text(instructions).strip());
    }

    /** The tool of that name, or nothing. */
    public Optional<ToolDefinition> tool(String name) {
        return tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }
}
