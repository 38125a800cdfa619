package dev.chatelaine.gateway.anthropic;

import dev.chatelaine.gateway.GatewayError;
import dev.chatelaine.gateway.GatewayException;
import dev.chatelaine.vault.provider.Reasoning;
import dev.chatelaine.vault.provider.Reasoning.Effort;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's {@code reasoning_effort} in the words of the Messages API, by what the catalogue knows of the model: its effort,
 * and thinking where it does not think unless it is asked to. What a model thinks is part of {@code max_tokens}, which
 * stays as it is. Whoever has said something in Anthropic's own words is taken at those.
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/effort">Effort</a>
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/extended-thinking">Extended thinking</a>
 */
final class ReasoningEffort {
    private static final String NONE = "none";
    private static final String THINKING = "thinking";
    private static final String TYPE = "type";
    /** The least that Anthropic takes. */
    private static final long LEAST = 1_024;

    private static final Map<Effort, Long> BUDGETS = Map.of(
            Effort.MINIMAL, LEAST,
            Effort.LOW, LEAST,
            Effort.MEDIUM, 4_096L,
            Effort.HIGH, 16_384L,
            Effort.XHIGH, 32_768L,
            Effort.MAX, 32_768L);

    private ReasoningEffort() {}

    /**
     * Puts it into the body, all else of which is there.
     *
     * @param asked what the request says, or nothing
     * @return whether that is what is said now; where not, as near to it as can be
     * @throws GatewayException {@code invalid_request} where it says no effort
     */
    static boolean into(JsonNode asked, ObjectNode body, @Nullable Reasoning reasoning) {
        if (asked.isMissingNode() || asked.isNull()) {
            return true;
        }
        Effort effort = read(asked);
        boolean said = body.has(THINKING) || body.path("output_config").has("effort");
        if (reasoning == null || said) {
            return false;
        }
        return effort == null ? without(body, reasoning) : with(effort, body, reasoning);
    }

    /** Null where it says none. */
    private static @Nullable Effort read(JsonNode asked) {
        String word = asked.isString() ? asked.stringValue() : "";
        if (word.equals(NONE)) {
            return null;
        }
        for (Effort effort : Effort.values()) {
            if (word(effort).equals(word)) {
                return effort;
            }
        }
        throw new GatewayException(
                GatewayError.INVALID_REQUEST,
                "reasoning_effort",
                "reasoning_effort is one of none, minimal, low, medium, high, xhigh and max.");
    }

    private static String word(Effort effort) {
        return effort.name().toLowerCase(Locale.ROOT);
    }

    private static boolean without(ObjectNode body, Reasoning reasoning) {
        if (reasoning.asked() != null) {
            return true;
        }
        if (reasoning.without() != null) {
            body.putObject(THINKING).put(TYPE, reasoning.without());
            return true;
        }
        tell(reasoning.nearest(Effort.MINIMAL), body);
        return false;
    }

    private static boolean with(Effort effort, ObjectNode body, Reasoning reasoning) {
        Effort nearest = reasoning.nearest(effort);
        tell(nearest, body);
        boolean thinks = reasoning.asked() == null || ask(reasoning.asked(), effort, body);
        return thinks && (nearest == null || nearest == effort);
    }

    private static void tell(@Nullable Effort effort, ObjectNode body) {
        if (effort != null) {
            MessagesRequest.outputConfig(body).put("effort", word(effort));
        }
    }

    /** Half of what may be said is left for the answer, at least. */
    private static boolean ask(Reasoning.Asked how, Effort effort, ObjectNode body) {
        if (isTuned(body) || isForced(body.path("tool_choice"))) {
            return false;
        }
        if (how == Reasoning.Asked.ADAPTIVE) {
            body.putObject(THINKING).put(TYPE, "adaptive");
            return true;
        }
        long most = body.path("max_tokens").asLong(0) / 2;
        if (most < LEAST || goesOnWithoutThought(body.path("messages"))) {
            return false;
        }
        long budget = Math.min(most, BUDGETS.getOrDefault(effort, LEAST));
        body.putObject(THINKING).put(TYPE, "enabled").put("budget_tokens", budget);
        return true;
    }

    /** What Anthropic does not take together with thinking. */
    private static boolean isTuned(ObjectNode body) {
        return body.path("temperature").asDouble(1) != 1
                || body.has("top_k")
                || body.path("top_p").asDouble(1) < 0.95;
    }

    private static boolean isForced(JsonNode choice) {
        return Set.of("any", "tool").contains(choice.path(TYPE).asString(""));
    }

    /**
     * With a budget, a turn in which tools are used begins with a thought, or is one without from its beginning; so is an
     * answer whose beginning is given.
     */
    private static boolean goesOnWithoutThought(JsonNode turns) {
        for (int at = turns.size() - 1; at >= 0; at--) {
            if (turns.get(at).path("role").asString("").equals("assistant")) {
                JsonNode content = turns.get(at).path("content");
                String first = content.path(0).path(TYPE).asString("");
                boolean unfinished = at == turns.size() - 1 || uses(content);
                return unfinished && !Set.of(THINKING, "redacted_thinking").contains(first);
            }
        }
        return false;
    }

    private static boolean uses(JsonNode content) {
        return content.valueStream()
                .anyMatch(block -> block.path(TYPE).asString("").equals("tool_use"));
    }
}
