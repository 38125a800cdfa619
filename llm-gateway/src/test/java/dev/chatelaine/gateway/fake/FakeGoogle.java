package dev.chatelaine.gateway.fake;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Google's OpenAI compatibility: fields that it does not know are refused, errors are a list, a wrong key is a bad request,
 * calls of tools come whole, and the usage of a stream in each of its chunks.
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/openai">OpenAI compatibility</a>
 */
final class FakeGoogle extends FakeChat {
    private static final Set<String> FIELDS = Set.of(
            "audio",
            "extra_body",
            "logprobs",
            "max_completion_tokens",
            "max_tokens",
            "messages",
            "modalities",
            "model",
            "n",
            "parallel_tool_calls",
            "presence_penalty",
            "reasoning_effort",
            "response_format",
            "stop",
            "stream",
            "stream_options",
            "temperature",
            "tool_choice",
            "tools",
            "top_logprobs",
            "top_p",
            "user");

    FakeGoogle() {
        super("google", "AIza-fake-google-key", "gemini-2.5-flash", "gemini-embedding-001");
    }

    @Override
    void check(JsonNode body) {
        onlyKnown(body, FIELDS, "Invalid JSON payload received. Unknown name \"%s\": Cannot find field.");
    }

    @Override
    StreamUsage streamUsage() {
        return StreamUsage.EVERYWHERE;
    }

    @Override
    ChatAnswer.Manner manner(JsonNode body) {
        return new ChatAnswer.Manner((int) body.path("n").asLong(1), "function-call-", null, true, false);
    }

    @Override
    Refusal wrongKey(String given) {
        return Refusal.wrongKey(400, "API key not valid. Please pass a valid API key.");
    }

    @Override
    Refusal unknownModel(String name) {
        return Refusal.notFound("models/" + name + " is not found for API version v1main.");
    }

    /** What was thought is in the total alone. */
    @Override
    ObjectNode usage(Conversation asked, Answer answer, int answers) {
        long completion = answers * answer.spoken();
        return Json.object()
                .put("prompt_tokens", asked.prompt())
                .put("completion_tokens", completion)
                .put("total_tokens", asked.prompt() + completion + answers * answer.reasoning());
    }

    @Override
    String error(Refusal refusal) {
        ObjectNode error = Json.object();
        error.put("code", refusal.status()).put("message", refusal.why());
        error.put("status", refusal.status() == 404 ? "NOT_FOUND" : "INVALID_ARGUMENT");
        ObjectNode detail = error.putArray("details").addObject();
        if (refusal.field() == null) {
            detail.put("@type", "type.googleapis.com/google.rpc.ErrorInfo").put("reason", "API_KEY_INVALID");
        } else {
            detail.put("@type", "type.googleapis.com/google.rpc.BadRequest");
            detail.putArray("fieldViolations").addObject().put("description", refusal.why());
        }
        ObjectNode body = Json.object();
        body.set("error", error);
        return Json.array().add(body).toString();
    }
}
