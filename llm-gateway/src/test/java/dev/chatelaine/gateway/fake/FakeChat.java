package dev.chatelaine.gateway.fake;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A provider that speaks OpenAI's chat completions in its own dialect. What is here is OpenAI's way; each dialect says where
 * it differs.
 */
abstract class FakeChat extends FakeProvider {
    FakeChat(String id, String key, String model, @Nullable String embeddingModel) {
        super(id, key, model, embeddingModel);
    }

    /** How the usage of a stream is told. */
    enum StreamUsage {
        /** In a chunk of its own at the end, where {@code stream_options} asks for it. */
        ASKED,
        /** In the chunk with the finish reason, always. */
        AT_THE_END,
        /** In every chunk, where {@code stream_options} asks for it. */
        EVERYWHERE
    }

    /** Refuses what this provider does not take. */
    abstract void check(JsonNode body);

    StreamUsage streamUsage() {
        return StreamUsage.ASKED;
    }

    /** The fields of the longest answer that it knows. */
    List<String> maxTokens() {
        return List.of("max_completion_tokens", "max_tokens");
    }

    boolean reasons(JsonNode body) {
        String effort = body.path("reasoning_effort").asString("none");
        return !effort.equals("none");
    }

    ChatAnswer.Manner manner(JsonNode body) {
        return new ChatAnswer.Manner((int) body.path("n").asLong(1), "call_", null, false, false);
    }

    /** What comes in a stream before the first chunk. */
    String prelude() {
        return "";
    }

    /** Changes a chunk of a stream before it is sent. */
    void finishing(ObjectNode chunk, ObjectNode usage, boolean first, boolean last) {}

    /** What comes before the JSON of a whole answer. */
    String blank() {
        return "";
    }

    Refusal wrongKey(String given) {
        return Refusal.wrongKey(401, "Incorrect API key provided: " + given + ".");
    }

    Refusal unknownModel(String name) {
        return Refusal.notFound("The model `" + name + "` does not exist or you do not have access to it.");
    }

    @Override
    final void answer(FakeExchange exchange, String path) throws IOException {
        FakeRequest request = exchange.request();
        authenticate(request);
        switch (request.method() + " " + path) {
            case "GET /models" -> exchange.answer(200, headers(), list().toString());
            case "POST /chat/completions" -> chat(exchange, object(request));
            case "POST /embeddings" ->
                exchange.answer(200, headers(), embeddings(object(request)).toString());
            default -> throw Refusal.notFound("Unknown request URL: " + request.method() + " " + request.path());
        }
    }

    void authenticate(FakeRequest request) {
        String given = request.header("authorization").orElse("");
        boolean bearer = given.toLowerCase(Locale.ROOT).startsWith("bearer ");
        if (!bearer || !takes(given.substring(7))) {
            throw wrongKey(bearer ? given.substring(7) : "");
        }
    }

    private static JsonNode object(FakeRequest request) {
        if (!request.body().isObject()) {
            throw Refusal.bad("", "We could not parse the JSON body of your request.");
        }
        return request.body();
    }

    private void chat(FakeExchange exchange, JsonNode body) throws IOException {
        model(body);
        check(body);
        Conversation asked = ChatReading.of(body, maxTokens(), reasons(body));
        long number = number();
        ChatAnswer.Manner manner = manner(body);
        ChatAnswer answer = new ChatAnswer("chatcmpl-" + id() + "-" + number, asked, Answer.to(asked, number), manner);
        ObjectNode usage = usage(asked, Answer.to(asked, number), manner.answers());
        if (body.path("stream").asBoolean(false)) {
            stream(
                    exchange,
                    answer,
                    usage,
                    body.path("stream_options").path("include_usage").asBoolean(false));
        } else {
            ObjectNode whole = answer.whole(usage);
            finishing(whole, usage, true, true);
            exchange.answer(200, headers(), blank() + whole);
        }
    }

    private void model(JsonNode body) {
        String name = Json.text(body, "model");
        if (name.isEmpty()) {
            throw Refusal.bad("model", "you must provide a model parameter");
        }
        if (!knows(name)) {
            throw unknownModel(name);
        }
    }

    private void stream(FakeExchange exchange, ChatAnswer answer, ObjectNode usage, boolean asked) throws IOException {
        exchange.chunkedHead();
        if (!prelude().isEmpty()) {
            exchange.chunk(prelude());
        }
        List<ObjectNode> chunks = answer.chunks();
        for (int at = 0; at < chunks.size(); at++) {
            ObjectNode chunk = chunks.get(at);
            boolean last = at == chunks.size() - 1;
            switch (streamUsage()) {
                case ASKED -> {
                    if (asked) {
                        chunk.putNull("usage");
                    }
                }
                case AT_THE_END -> {
                    if (last) {
                        chunk.set("usage", usage);
                    }
                }
                case EVERYWHERE -> {
                    if (asked) {
                        chunk.set("usage", usage);
                    }
                }
            }
            finishing(chunk, usage, at == 0, last);
            exchange.chunk("data: " + chunk + "\n\n");
        }
        if (streamUsage() == StreamUsage.ASKED && asked) {
            ObjectNode chunk = answer.empty();
            chunk.set("usage", usage);
            exchange.chunk("data: " + chunk + "\n\n");
        }
        exchange.chunk("data: [DONE]\n\n");
        exchange.endChunks();
    }

    /** The usage as OpenAI tells it. */
    ObjectNode usage(Conversation asked, Answer answer, int answers) {
        long completion = answers * (answer.spoken() + answer.reasoning());
        ObjectNode usage = Json.object();
        usage.put("prompt_tokens", asked.prompt()).put("completion_tokens", completion);
        usage.put("total_tokens", asked.prompt() + completion);
        usage.putObject("prompt_tokens_details")
                .put("cached_tokens", asked.cached())
                .put("audio_tokens", 0);
        usage.putObject("completion_tokens_details").put("reasoning_tokens", answers * answer.reasoning());
        return usage;
    }

    private ObjectNode list() {
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        for (String name : models()) {
            data.addObject()
                    .put("id", name)
                    .put("object", "model")
                    .put("created", ChatAnswer.CREATED)
                    .put("owned_by", id());
        }
        return list;
    }

    /** Embeddings, where this provider has them. */
    ObjectNode embeddings(JsonNode body) {
        if (embeddingModel() == null) {
            throw Refusal.notFound("Unknown request URL: POST /embeddings");
        }
        model(body);
        return Embeddings.of(body, takesBase64());
    }

    /** Whether embeddings come as base64 where that is asked for; else they are numbers always. */
    boolean takesBase64() {
        return true;
    }

    /** Refuses fields that are not of these. */
    static void onlyKnown(JsonNode body, Set<String> known, String why) {
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (!known.contains(field.getKey())) {
                throw Refusal.bad(field.getKey(), why.formatted(field.getKey()));
            }
        }
    }

    /** Refuses fields of messages. */
    static void notInMessages(JsonNode body, Map<String, Set<String>> knownByRole, int status, String why) {
        for (JsonNode message : body.path("messages")) {
            Set<String> known = knownByRole.get(Json.text(message, "role"));
            for (Map.Entry<String, JsonNode> field : message.properties()) {
                if (known != null && !known.contains(field.getKey())) {
                    throw Refusal.bad(status, field.getKey(), why.formatted(field.getKey()));
                }
            }
        }
    }

    /** Refuses messages of other roles than these. */
    static void onlyRoles(JsonNode body, Set<String> roles, int status, String why) {
        for (JsonNode message : body.path("messages")) {
            if (!roles.contains(Json.text(message, "role"))) {
                throw Refusal.bad(status, "messages", why.formatted(Json.text(message, "role")));
            }
        }
    }
}
