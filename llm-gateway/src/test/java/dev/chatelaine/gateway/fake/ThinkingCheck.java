package dev.chatelaine.gateway.fake;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What Anthropic's models do not take of what tells them how hard to think.
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/thinking">Thinking</a>
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/effort">Effort</a>
 */
final class ThinkingCheck {
    private static final Set<String> EFFORTS = Set.of("low", "medium", "high", "xhigh", "max");

    private final JsonNode body;
    private final String model;

    private ThinkingCheck(JsonNode body) {
        this.body = body;
        this.model = Json.text(body, "model");
    }

    static void check(JsonNode body) {
        ThinkingCheck check = new ThinkingCheck(body);
        check.effort();
        switch (Json.text(body.path("thinking"), "type")) {
            case "enabled" -> check.budget();
            case "adaptive" -> check.only(!check.is("(haiku|sonnet|opus)-4-5"), "adaptive");
            case "disabled" -> check.only(!check.is("fable-5|opus-5-5|sonnet-5-5"), "disabled");
            case "between_tools" -> check.only(check.is("sonnet-5-5"), "between_tools");
            case "" -> check.only(!body.has("thinking"), "");
            default -> check.only(false, "of this kind");
        }
    }

    private boolean is(String names) {
        return model.matches("claude-(" + names + ").*");
    }

    private void only(boolean good, String type) {
        if (!good) {
            throw Refusal.bad("", "\"thinking.type." + type + "\" is not supported for this model.");
        }
    }

    private void effort() {
        JsonNode effort = body.path("output_config").path("effort");
        if (effort.isMissingNode()) {
            return;
        }
        String level = effort.asString("");
        boolean known = !is("haiku-4|sonnet-4-[0-5]|opus-4-[01]")
                && EFFORTS.contains(level)
                && !(level.equals("xhigh") && is("(opus|sonnet)-4-[56]"))
                && !(level.equals("max") && is("opus-4-5"));
        if (!known) {
            throw Refusal.bad("", "output_config.effort: this model does not support this effort level");
        }
        if (Json.text(body.path("thinking"), "type").equals("disabled")
                && Set.of("xhigh", "max").contains(level)) {
            throw Refusal.bad("", "thinking.type.disabled is not supported with this effort level");
        }
    }

    private void budget() {
        only(is("3|haiku-4|sonnet-4|opus-4-[0-6]") || model.startsWith("fake-"), "enabled");
        long budget = body.path("thinking").path("budget_tokens").asLong(0);
        if (budget < 1024 || budget >= body.path("max_tokens").asLong(0)) {
            throw Refusal.bad("", "`max_tokens` must be greater than `thinking.budget_tokens`, which is at least 1024");
        }
        JsonNode last = body.path("messages").path(body.path("messages").size() - 2);
        boolean uses = last.path("content")
                .valueStream()
                .anyMatch(block -> Json.text(block, "type").equals("tool_use"));
        String first = Json.text(last.path("content").path(0), "type");
        if (uses && !first.endsWith("thinking")) {
            throw Refusal.bad("", "Expected `thinking` or `redacted_thinking`, but found `" + first + "`.");
        }
    }
}
