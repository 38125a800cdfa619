package dev.chatelaine.gateway.fake;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * xAI: errors are {@code {"code", "error"}}, a wrong key is a bad request, its models refuse penalties and (those that
 * reason, which is all whose names do not say otherwise) stop sequences, and what was thought is not part of the
 * {@code completion_tokens} but of the total.
 *
 * @see <a href="https://docs.x.ai/docs/api-reference">API reference</a>
 */
final class FakeXai extends FakeChat {
    private static final List<String> NEVER = List.of("presence_penalty", "frequency_penalty");

    FakeXai() {
        super("grok", "xai-fake-key", "grok-4.3", null);
    }

    @Override
    void check(JsonNode body) {
        for (String field : NEVER) {
            if (Json.has(body, field)) {
                throw unsupported(body, field);
            }
        }
        if (Json.has(body, "stop") && reasons(body)) {
            throw unsupported(body, "stop");
        }
    }

    private static Refusal unsupported(JsonNode body, String field) {
        return Refusal.bad(field, "Model " + Json.text(body, "model") + " does not support parameter " + field + ".");
    }

    @Override
    boolean reasons(JsonNode body) {
        return !Json.text(body, "model").contains("non-reasoning");
    }

    @Override
    Refusal wrongKey(String given) {
        return Refusal.wrongKey(
                400, "Incorrect API key provided: " + given + ". You can obtain an API key from https://console.x.ai.");
    }

    @Override
    ObjectNode usage(Conversation asked, Answer answer, int answers) {
        long reasoning = answers * answer.reasoning();
        long completion = answers * answer.spoken();
        ObjectNode usage = Json.object();
        usage.put("prompt_tokens", asked.prompt()).put("completion_tokens", completion);
        usage.put("total_tokens", asked.prompt() + completion + reasoning);
        usage.putObject("prompt_tokens_details")
                .put("text_tokens", asked.prompt())
                .put("cached_tokens", asked.cached());
        usage.putObject("completion_tokens_details").put("reasoning_tokens", reasoning);
        return usage.put("num_sources_used", 0);
    }

    @Override
    String error(Refusal refusal) {
        return Json.object()
                .put(
                        "code",
                        refusal.status() == 404
                                ? "Some requested entity was not found"
                                : "Client specified an invalid argument")
                .put("error", refusal.why())
                .toString();
    }
}
