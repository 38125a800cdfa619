package dev.chatelaine.gateway.fake;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a request asks, whatever its shape.
 *
 * @param model the model's name as it was asked for
 * @param lastUser the text of the last message of a user
 * @param toolResults the texts of the results of tools since then; where there are any, the tools have been called
 * @param images how many images there are, in all messages
 * @param prompt tokens of the whole prompt
 * @param cached those of them that are read from a cache
 * @param written those of them that are written to a cache
 * @param tools what the model may call
 * @param calls how many calls it may make at once, and whether it is to: see {@link Calls}
 * @param schema the schema of the answer, where one is asked for
 * @param limits where the answer ends early
 * @param reasons whether the model thinks first
 */
record Conversation(
        String model,
        String lastUser,
        List<String> toolResults,
        int images,
        long prompt,
        long cached,
        long written,
        List<Tool> tools,
        Calls calls,
        @Nullable JsonNode schema,
        Limits limits,
        boolean reasons) {
    Conversation {
        toolResults = List.copyOf(toolResults);
        tools = List.copyOf(tools);
    }

    /**
     * A tool.
     *
     * @param parameters the schema of its arguments
     */
    record Tool(String name, JsonNode parameters) {}

    /**
     * What calls are wanted.
     *
     * @param allowed whether there may be any
     * @param only the one tool to call, or null
     * @param parallel whether there may be several
     */
    record Calls(boolean allowed, @Nullable String only, boolean parallel) {}

    /**
     * Where an answer ends early.
     *
     * @param tokens after so many
     * @param stops before any of these
     */
    record Limits(long tokens, List<String> stops) {
        Limits {
            stops = List.copyOf(stops);
        }
    }
}
