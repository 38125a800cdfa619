package dev.chatelaine.gateway.fake;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Mistral: refuses fields that it does not know with 422, in messages too, knows no {@code developer}, and its calls have
 * ids of nine letters and digits. A stream tells its usage in its last chunk, always.
 *
 * @see <a href="https://docs.mistral.ai/api">API reference</a>
 */
final class FakeMistral extends FakeChat {
    private static final String EXTRA = "Extra inputs are not permitted";

    private static final Set<String> FIELDS = Set.of(
            "frequency_penalty",
            "guardrails",
            "logprobs",
            "max_tokens",
            "messages",
            "metadata",
            "min_tokens",
            "model",
            "n",
            "parallel_tool_calls",
            "prediction",
            "presence_penalty",
            "prompt_cache_key",
            "prompt_mode",
            "random_seed",
            "reasoning_effort",
            "response_format",
            "safe_prompt",
            "service_tier",
            "stop",
            "stream",
            "temperature",
            "tool_choice",
            "tools",
            "top_k",
            "top_logprobs",
            "top_p");

    private static final Map<String, Set<String>> MESSAGES = Map.of(
            "system", Set.of("role", "content"),
            "user", Set.of("role", "content"),
            "assistant", Set.of("role", "content", "tool_calls", "prefix"),
            "tool", Set.of("role", "content", "tool_call_id", "name"));

    FakeMistral() {
        super("mistral", "fake-mistral-key", "mistral-small-2603", "mistral-embed");
    }

    @Override
    void check(JsonNode body) {
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                throw Refusal.bad(422, field.getKey(), EXTRA);
            }
        }
        notInMessages(body, MESSAGES, 422, EXTRA);
        onlyRoles(
                body,
                MESSAGES.keySet(),
                422,
                "Input tag '%s' found using 'role' does not match any of the expected tags: 'system', 'user',"
                        + " 'assistant', 'tool'");
        for (JsonNode message : body.path("messages")) {
            for (JsonNode call : message.path("tool_calls")) {
                if (!Json.text(call, "id").matches("[a-zA-Z0-9]{9}")) {
                    throw Refusal.bad(
                            "messages",
                            "Tool call id was " + Json.text(call, "id")
                                    + " but must be a-z, A-Z, 0-9, with a length of 9.");
                }
            }
        }
    }

    @Override
    StreamUsage streamUsage() {
        return StreamUsage.AT_THE_END;
    }

    @Override
    List<String> maxTokens() {
        return List.of("max_tokens");
    }

    @Override
    ChatAnswer.Manner manner(JsonNode body) {
        return new ChatAnswer.Manner((int) body.path("n").asLong(1), "", null, true, false);
    }

    @Override
    Refusal wrongKey(String given) {
        return Refusal.wrongKey(401, "Unauthorized");
    }

    @Override
    Refusal unknownModel(String name) {
        return Refusal.bad("model", "Invalid model: " + name);
    }

    @Override
    ObjectNode usage(Conversation asked, Answer answer, int answers) {
        long completion = answers * (answer.spoken() + answer.reasoning());
        ObjectNode usage = Json.object();
        usage.put("prompt_tokens", asked.prompt()).put("completion_tokens", completion);
        usage.put("total_tokens", asked.prompt() + completion);
        usage.putObject("prompt_tokens_details").put("cached_tokens", asked.cached());
        return usage;
    }

    @Override
    String error(Refusal refusal) {
        if (refusal.status() == 401) {
            return Json.object().put("detail", refusal.why()).toString();
        }
        ObjectNode body = Json.object().put("object", "error");
        if (refusal.status() == 422) {
            ObjectNode detail = body.putObject("message").putArray("detail").addObject();
            detail.put("type", "extra_forbidden").put("msg", refusal.why());
            detail.putArray("loc").add("body").add(refusal.field());
        } else {
            body.put("message", refusal.why());
        }
        return body.put("type", "invalid_request_error")
                .putNull("param")
                .putNull("code")
                .toString();
    }
}
