package dev.chatelaine.gateway.fake;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Groq: refuses fields that it does not know, in messages too, and by name {@code logprobs}, {@code logit_bias},
 * {@code top_logprobs}, {@code messages[].name} and more than one answer. A stream tells its usage in {@code x_groq} of its
 * last chunk, asked or not.
 *
 * @see <a href="https://console.groq.com/docs/openai">OpenAI compatibility</a>
 */
final class FakeGroq extends FakeChat {
    private static final Set<String> FIELDS = Set.of(
            "citation_options",
            "disable_tool_validation",
            "documents",
            "exclude_domains",
            "frequency_penalty",
            "function_call",
            "functions",
            "include_domains",
            "include_reasoning",
            "max_completion_tokens",
            "max_tokens",
            "messages",
            "metadata",
            "model",
            "n",
            "parallel_tool_calls",
            "presence_penalty",
            "reasoning_effort",
            "reasoning_format",
            "response_format",
            "search_settings",
            "seed",
            "service_tier",
            "stop",
            "store",
            "stream",
            "stream_options",
            "temperature",
            "tool_choice",
            "tools",
            "top_p",
            "user");

    private static final Map<String, Set<String>> MESSAGES = Map.of(
            "system", Set.of("role", "content"),
            "developer", Set.of("role", "content"),
            "user", Set.of("role", "content"),
            "assistant", Set.of("role", "content", "tool_calls", "function_call", "reasoning"),
            "tool", Set.of("role", "content", "tool_call_id"));

    FakeGroq() {
        super("groq", "gsk_fake_groq_key", "openai/gpt-oss-20b", null);
    }

    @Override
    void check(JsonNode body) {
        onlyKnown(body, FIELDS, "property '%s' is unsupported");
        notInMessages(body, MESSAGES, 400, "property '%s' is unsupported");
        if (body.path("n").asLong(1) != 1) {
            throw Refusal.bad("n", "'n' : number must be at most 1");
        }
    }

    @Override
    ChatAnswer.Manner manner(JsonNode body) {
        return new ChatAnswer.Manner(1, "fc_", "reasoning", true, false);
    }

    @Override
    void finishing(ObjectNode chunk, ObjectNode usage, boolean first, boolean last) {
        if (first || last) {
            ObjectNode own = chunk.putObject("x_groq").put("id", "req_fake");
            if (last && chunk.path("object").asString("").endsWith("chunk")) {
                own.set("usage", usage);
            }
        }
    }

    @Override
    Refusal wrongKey(String given) {
        return Refusal.wrongKey(401, "Invalid API Key");
    }

    @Override
    String error(Refusal refusal) {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error").put("message", refusal.why()).put("type", "invalid_request_error");
        if (refusal.status() == 401 || refusal.status() == 404) {
            error.put("code", refusal.status() == 401 ? "invalid_api_key" : "model_not_found");
        }
        return body.toString();
    }
}
