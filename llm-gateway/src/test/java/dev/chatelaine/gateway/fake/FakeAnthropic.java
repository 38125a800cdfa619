package dev.chatelaine.gateway.fake;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Anthropic's Messages API, version 2023-06-01, the key in {@code x-api-key}. What it refuses is in {@link MessagesCheck}.
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/streaming">Streaming messages</a>
 */
final class FakeAnthropic extends FakeProvider {
    private final Set<String> cache = ConcurrentHashMap.newKeySet();

    FakeAnthropic() {
        super("anthropic", "sk-ant-fake-key", "claude-haiku-4-5", null);
    }

    @Override
    void answer(FakeExchange exchange, String path) throws IOException {
        FakeRequest request = exchange.request();
        if (!takes(request.header("x-api-key").orElse(""))) {
            throw Refusal.wrongKey(401, "invalid x-api-key");
        }
        if (!request.header("anthropic-version").orElse("").equals("2023-06-01")) {
            throw Refusal.bad("", "anthropic-version: header is required");
        }
        switch (request.method() + " " + path) {
            case "GET /models" -> exchange.answer(200, headers(), list().toString());
            case "POST /messages" -> message(exchange, request.body());
            default -> throw Refusal.notFound("Not found");
        }
    }

    @Override
    String headers() {
        return "request-id: req_" + number() + "\r\nanthropic-ratelimit-requests-remaining: 49\r\n";
    }

    private void message(FakeExchange exchange, JsonNode body) throws IOException {
        if (!body.isObject()) {
            throw Refusal.bad("", "The request body is not valid JSON");
        }
        String model = Json.text(body, "model");
        if (model.isEmpty()) {
            throw Refusal.bad("", "model: Field required");
        }
        if (!knows(model)) {
            throw Refusal.notFound("model: " + model);
        }
        MessagesCheck.check(body);
        Conversation asked = MessagesReading.of(body, cache);
        long number = number();
        MessagesAnswer answer = new MessagesAnswer("msg_" + number, asked, Answer.to(asked, number));
        if (!body.path("stream").asBoolean(false)) {
            exchange.answer(200, headers(), answer.whole().toString());
            return;
        }
        exchange.chunkedHead();
        for (ObjectNode event : answer.events()) {
            exchange.chunk("event: " + Json.text(event, "type") + "\ndata: " + event + "\n\n");
        }
        exchange.endChunks();
    }

    private ObjectNode list() {
        ObjectNode list = Json.object();
        ArrayNode data = list.putArray("data");
        for (String name : models()) {
            data.addObject()
                    .put("type", "model")
                    .put("id", name)
                    .put("display_name", name)
                    .put("created_at", "2025-10-01T00:00:00Z");
        }
        return list.put("has_more", false);
    }

    @Override
    String error(Refusal refusal) {
        ObjectNode body = Json.object().put("type", "error");
        body.putObject("error")
                .put(
                        "type",
                        switch (refusal.status()) {
                            case 401 -> "authentication_error";
                            case 403 -> "permission_error";
                            case 404 -> "not_found_error";
                            case 413 -> "request_too_large";
                            case 429 -> "rate_limit_error";
                            case 529 -> "overloaded_error";
                            default -> refusal.status() < 500 ? "invalid_request_error" : "api_error";
                        })
                .put("message", refusal.why());
        return body.put("request_id", "req_fake").toString();
    }
}
