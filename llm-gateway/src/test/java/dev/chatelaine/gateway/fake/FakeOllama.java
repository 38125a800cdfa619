package dev.chatelaine.gateway.fake;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ollama: asks for no key, passes over fields that it does not know, gives one answer, and calls of tools come whole.
 *
 * @see <a href="https://docs.ollama.com/api/openai-compatibility">OpenAI compatibility</a>
 */
final class FakeOllama extends FakeChat {
    FakeOllama() {
        super("ollama", "ollama", "fake-llama", "fake-minilm");
    }

    @Override
    void authenticate(FakeRequest request) {
        // Whatever key there is is passed over.
    }

    @Override
    void check(JsonNode body) {
        // What it does not know it does not read.
    }

    @Override
    List<String> maxTokens() {
        return List.of("max_tokens");
    }

    @Override
    ChatAnswer.Manner manner(JsonNode body) {
        return new ChatAnswer.Manner(1, "call_", "reasoning", true, false);
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
    Refusal unknownModel(String name) {
        return Refusal.notFound("model \"" + name + "\" not found, try pulling it first");
    }

    @Override
    String error(Refusal refusal) {
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("message", refusal.why())
                .put("type", refusal.status() == 404 ? "not_found_error" : "invalid_request_error")
                .putNull("param")
                .putNull("code");
        return body.toString();
    }
}
