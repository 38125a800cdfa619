package dev.chatelaine.gateway.fake;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI. Refuses fields it does not know, and of those it knows, what its reasoning models do not take.
 *
 * @see <a href="https://github.com/openai/openai-openapi">Its description of its API</a>
 */
final class FakeOpenAi extends FakeChat {
    static final Set<String> FIELDS = Set.of(
            "audio",
            "frequency_penalty",
            "function_call",
            "functions",
            "logit_bias",
            "logprobs",
            "max_completion_tokens",
            "max_tokens",
            "messages",
            "metadata",
            "modalities",
            "model",
            "moderation",
            "n",
            "parallel_tool_calls",
            "prediction",
            "presence_penalty",
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention",
            "reasoning_effort",
            "response_format",
            "safety_identifier",
            "seed",
            "service_tier",
            "stop",
            "store",
            "stream",
            "stream_options",
            "temperature",
            "tool_choice",
            "tools",
            "top_logprobs",
            "top_p",
            "user",
            "verbosity",
            "web_search_options");

    FakeOpenAi() {
        super("openai", "sk-fake-openai-key", "gpt-4.1-mini", "text-embedding-3-small");
    }

    @Override
    void check(JsonNode body) {
        onlyKnown(body, FIELDS, "Unknown parameter: '%s'.");
        if (Json.has(body, "stream_options") && !body.path("stream").asBoolean(false)) {
            throw Refusal.bad(
                    "stream_options", "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
        }
        String model = Json.text(body, "model");
        if (model.matches("(gpt-[5-9]|o[1-9]).*") && Json.has(body, "max_tokens")) {
            throw Refusal.bad(
                    "max_tokens",
                    "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
                            + " 'max_completion_tokens' instead.");
        }
        if (model.matches("(gpt-5(-mini|-nano)?|o[1-9].*)")) {
            tuning(body);
        }
    }

    /** Reasoning models cannot be tuned; {@code temperature} and {@code top_p} may say what they are anyway. */
    private static void tuning(JsonNode body) {
        for (String field : Set.of("temperature", "top_p")) {
            if (body.path(field).asDouble(1) != 1) {
                throw Refusal.bad(
                        field,
                        "Unsupported value: '" + field + "' does not support this value with this model. Only the"
                                + " default (1) value is supported.");
            }
        }
        for (String field : Set.of("presence_penalty", "frequency_penalty", "logprobs", "top_logprobs", "logit_bias")) {
            if (Json.has(body, field)) {
                throw Refusal.bad(field, "Unsupported parameter: '" + field + "' is not supported with this model.");
            }
        }
    }

    @Override
    ChatAnswer.Manner manner(JsonNode body) {
        return new ChatAnswer.Manner((int) body.path("n").asLong(1), "call_", null, false, true);
    }

    @Override
    void finishing(ObjectNode chunk, ObjectNode usage, boolean first, boolean last) {
        chunk.put("service_tier", "default").put("system_fingerprint", "fp_fake");
        if (chunk.path("object").asString("").endsWith("chunk")) {
            chunk.put("obfuscation", "x7Jq");
        }
    }

    @Override
    String error(Refusal refusal) {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error").put("message", refusal.why());
        error.put("type", "invalid_request_error").put("param", refusal.field());
        error.put(
                "code",
                switch (refusal.status()) {
                    case 401 -> "invalid_api_key";
                    case 404 -> "model_not_found";
                    default -> null;
                });
        return body.toString();
    }
}
