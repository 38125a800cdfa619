package dev.chatelaine.gateway.fake;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Cohere's compatibility API: refuses with 422 what its documentation lists as not supported, and {@code stream_options}. A
 * stream tells its usage in its last chunk.
 *
 * @see <a href="https://docs.cohere.com/docs/compatibility-api">Compatibility API</a>
 */
final class FakeCohere extends FakeChat {
    private static final List<String> UNSUPPORTED = List.of(
            "store",
            "metadata",
            "logit_bias",
            "top_logprobs",
            "n",
            "modalities",
            "prediction",
            "audio",
            "service_tier",
            "parallel_tool_calls",
            "stream_options");

    FakeCohere() {
        super("cohere", "fake-cohere-key", "command-r7b-12-2024", "embed-v4.0");
    }

    @Override
    void check(JsonNode body) {
        refuse(body, UNSUPPORTED);
        if (!Set.of("none", "high").contains(body.path("reasoning_effort").asString("none"))) {
            throw Refusal.bad(422, "reasoning_effort", "unprocessable entity: reasoning_effort is not supported");
        }
    }

    private static void refuse(JsonNode body, List<String> unsupported) {
        for (String field : unsupported) {
            if (body.has(field)) {
                throw Refusal.bad(422, field, "unprocessable entity: " + field + " is not supported");
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
        return new ChatAnswer.Manner(1, "tool_", null, false, false);
    }

    @Override
    ObjectNode embeddings(JsonNode body) {
        refuse(body, List.of("dimensions", "user"));
        return super.embeddings(body);
    }

    @Override
    ObjectNode usage(Conversation asked, Answer answer, int answers) {
        long completion = answer.spoken() + answer.reasoning();
        return Json.object()
                .put("prompt_tokens", asked.prompt())
                .put("completion_tokens", completion)
                .put("total_tokens", asked.prompt() + completion);
    }

    @Override
    Refusal wrongKey(String given) {
        return Refusal.wrongKey(401, "invalid api token");
    }

    @Override
    Refusal unknownModel(String name) {
        return Refusal.notFound("model '" + name + "' not found, make sure the correct model ID was used and that you"
                + " have access to the model.");
    }

    @Override
    String error(Refusal refusal) {
        return Json.object()
                .put("id", "fake-" + number())
                .put("message", refusal.why())
                .toString();
    }
}
