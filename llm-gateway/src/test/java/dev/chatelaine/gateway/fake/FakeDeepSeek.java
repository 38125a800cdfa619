package dev.chatelaine.gateway.fake;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * DeepSeek: passes over fields that it does not know; knows no {@code developer}, no images, no schema for an answer and one
 * answer at a time. While it waits it sends empty lines, and comments in a stream. Cached tokens are
 * {@code prompt_cache_hit_tokens}.
 *
 * @see <a href="https://api-docs.deepseek.com/api/create-chat-completion">API reference</a>
 */
final class FakeDeepSeek extends FakeChat {
    private static final String CANNOT = "Failed to deserialize the JSON body into the target type: ";

    FakeDeepSeek() {
        super("deepseek", "sk-fake-deepseek-key", "deepseek-v4-pro", null);
    }

    @Override
    void check(JsonNode body) {
        onlyRoles(
                body,
                Set.of("system", "user", "assistant", "tool"),
                400,
                CANNOT + "unknown variant `%s`, expected one of `system`, `user`, `assistant`, `tool`");
        if (Json.text(body.path("response_format"), "type").equals("json_schema")) {
            throw Refusal.bad("response_format", "This response_format type is unavailable now");
        }
        for (JsonNode message : body.path("messages")) {
            for (JsonNode part : message.path("content")) {
                if (!Json.text(part, "type").equals("text")) {
                    throw Refusal.bad("messages", CANNOT + "unknown variant `image_url`, expected `text`");
                }
            }
        }
        if (body.path("n").asLong(1) != 1) {
            throw Refusal.bad("n", "Invalid n value (currently only n = 1 is supported)");
        }
    }

    @Override
    List<String> maxTokens() {
        return List.of("max_tokens");
    }

    @Override
    ChatAnswer.Manner manner(JsonNode body) {
        return new ChatAnswer.Manner(1, "call_00_", "reasoning_content", false, false);
    }

    @Override
    String prelude() {
        return ": keep-alive\n\n";
    }

    @Override
    String blank() {
        return "\n\n";
    }

    @Override
    ObjectNode usage(Conversation asked, Answer answer, int answers) {
        long completion = answer.spoken() + answer.reasoning();
        ObjectNode usage = Json.object();
        usage.put("prompt_tokens", asked.prompt()).put("completion_tokens", completion);
        usage.put("total_tokens", asked.prompt() + completion);
        usage.put("prompt_cache_hit_tokens", asked.cached());
        usage.put("prompt_cache_miss_tokens", asked.prompt() - asked.cached());
        usage.putObject("completion_tokens_details").put("reasoning_tokens", answer.reasoning());
        return usage;
    }

    @Override
    Refusal wrongKey(String given) {
        return Refusal.wrongKey(401, "Authentication Fails, Your api key: " + given + " is invalid");
    }

    @Override
    Refusal unknownModel(String name) {
        return Refusal.bad("model", "Model Not Exist");
    }

    @Override
    String error(Refusal refusal) {
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("message", refusal.why())
                .put("type", refusal.status() == 401 ? "authentication_error" : "invalid_request_error")
                .putNull("param")
                .put("code", "invalid_request_error");
        return body.toString();
    }
}
