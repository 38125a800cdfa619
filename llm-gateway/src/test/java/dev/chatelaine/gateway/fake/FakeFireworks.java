package dev.chatelaine.gateway.fake;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fireworks AI: refuses fields that it does not know. A stream tells its usage in its last chunk; embeddings are always
 * numbers.
 *
 * @see <a href="https://docs.fireworks.ai/api-reference/post-chatcompletions">API reference</a>
 */
final class FakeFireworks extends FakeChat {
    private static final Set<String> FIELDS = Set.of(
            "context_length_exceeded_behavior",
            "echo",
            "frequency_penalty",
            "function_call",
            "functions",
            "ignore_eos",
            "logit_bias",
            "logprobs",
            "max_completion_tokens",
            "max_tokens",
            "messages",
            "metadata",
            "min_p",
            "model",
            "n",
            "parallel_tool_calls",
            "perf_metrics_in_response",
            "prediction",
            "presence_penalty",
            "prompt_cache_isolation_key",
            "prompt_cache_key",
            "prompt_truncate_len",
            "raw_output",
            "reasoning_effort",
            "reasoning_history",
            "repetition_penalty",
            "response_format",
            "seed",
            "service_tier",
            "speculation",
            "stop",
            "stream",
            "stream_options",
            "temperature",
            "thinking",
            "tool_choice",
            "tools",
            "top_k",
            "top_logprobs",
            "top_p",
            "typical_p",
            "user");

    FakeFireworks() {
        super(
                "fireworks",
                "fw_fake_fireworks_key",
                "accounts/fireworks/models/gpt-oss-20b",
                "nomic-ai/nomic-embed-text-v1.5");
    }

    @Override
    void check(JsonNode body) {
        onlyKnown(body, FIELDS, "Extra inputs are not permitted, field: '%s'");
    }

    @Override
    StreamUsage streamUsage() {
        return StreamUsage.AT_THE_END;
    }

    @Override
    ChatAnswer.Manner manner(JsonNode body) {
        return new ChatAnswer.Manner((int) body.path("n").asLong(1), "call_", "reasoning_content", false, false);
    }

    @Override
    boolean takesBase64() {
        return false;
    }

    @Override
    Refusal wrongKey(String given) {
        return Refusal.wrongKey(401, "The API key you provided is invalid.");
    }

    @Override
    Refusal unknownModel(String name) {
        return Refusal.notFound("Model not found, inaccessible, and/or not deployed");
    }

    @Override
    String error(Refusal refusal) {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error").put("object", "error").put("message", refusal.why());
        switch (refusal.status()) {
            case 401 -> error.put("type", "error").put("code", "UNAUTHORIZED");
            case 404 -> error.put("type", "error").put("code", "NOT_FOUND");
            default -> error.put("type", "invalid_request_error").put("code", "invalid_request_error");
        }
        return body.toString();
    }
}
