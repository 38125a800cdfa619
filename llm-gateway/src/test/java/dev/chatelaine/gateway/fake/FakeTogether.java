package dev.chatelaine.gateway.fake;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Together AI: passes over fields that it does not know, {@code max_completion_tokens} among them, and knows no
 * {@code developer}. A stream tells its usage in its last chunk; embeddings are always numbers.
 *
 * @see <a href="https://docs.together.ai/reference/chat-completions-1">API reference</a>
 */
final class FakeTogether extends FakeChat {
    FakeTogether() {
        super("together", "fake-together-key", "openai/gpt-oss-20b", "BAAI/bge-base-en-v1.5");
    }

    @Override
    void check(JsonNode body) {
        onlyRoles(
                body,
                Set.of("system", "user", "assistant", "tool", "function"),
                400,
                "Input validation error: role %s");
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
    ObjectNode usage(Conversation asked, Answer answer, int answers) {
        long completion = answers * (answer.spoken() + answer.reasoning());
        return Json.object()
                .put("prompt_tokens", asked.prompt())
                .put("completion_tokens", completion)
                .put("total_tokens", asked.prompt() + completion)
                .put("cached_tokens", asked.cached());
    }

    @Override
    boolean takesBase64() {
        return false;
    }

    @Override
    String error(Refusal refusal) {
        ObjectNode body = Json.object().put("id", "fake-" + number());
        ObjectNode error = body.putObject("error").put("message", refusal.why()).put("type", "invalid_request_error");
        error.put("param", refusal.field());
        error.put(
                "code",
                switch (refusal.status()) {
                    case 401 -> "invalid_api_key";
                    case 404 -> "model_not_available";
                    default -> null;
                });
        return body.toString();
    }
}
