package dev.chatelaine.mcp.cli.desk;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a call of a tool; what was not given is left out. */
public final class ToolCall {
    private final String tool;
    private final Map<String, Object> arguments = new LinkedHashMap<>();

    private ToolCall(String tool) {
        this.tool = tool;
    }

    /** {@code manage_secrets} with this action. */
    public static ToolCall secrets(String action) {
        return new ToolCall("manage_secrets").with("action", action);
    }

    /** {@code configure_llm} with this action. */
    public static ToolCall llm(String action) {
        return new ToolCall("configure_llm").with("action", action);
    }

    /** {@code list_byok_providers}. */
    public static ToolCall byok() {
        return new ToolCall("list_byok_providers");
    }

    /** Adds an argument, unless it is null. */
    public ToolCall with(String name, @Nullable Object argument) {
        if (argument != null) {
            arguments.put(name, argument);
        }
        return this;
    }

    String tool() {
        return tool;
    }

    Map<String, Object> arguments() {
        return Map.copyOf(arguments);
    }
}
