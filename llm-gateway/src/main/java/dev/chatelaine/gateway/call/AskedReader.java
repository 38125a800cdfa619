package dev.chatelaine.gateway.call;

import com.google.errorprone.annotations.CompileTimeConstant;
import dev.chatelaine.gateway.GatewayError;
import dev.chatelaine.gateway.GatewayException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads requests in OpenAI's shape. What the gateway itself needs is checked here; everything else is the provider's to
 * judge, and is passed on as it came.
 */
final class AskedReader {
    /** A request's own fallbacks, at most. */
    private static final int MOST_FALLBACKS = 10;

    private static final int LONGEST_MODEL = 256;
    /** Above what any model answers; a number that is no number of tokens is a mistake of the caller's. */
    private static final long MOST_TOKENS = Integer.MAX_VALUE;

    private static final long MOST_ANSWERS = 128;
    private static final String MODEL = "model";
    private static final String FALLBACKS = "fallbacks";
    private static final String STREAM = "stream";

    private AskedReader() {}

    /**
     * A request for a chat completion.
     *
     * @throws GatewayException {@code invalid_request} with the field at fault
     */
    static Asked chat(JsonNode request) {
        ObjectNode body = body(request);
        JsonNode messages = request.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw invalid("messages", "messages is a list of at least one message.");
        }
        for (int at = 0; at < messages.size(); at++) {
            if (!messages.get(at).isObject() || !messages.get(at).path("role").isString()) {
                throw invalid("messages[" + at + "]", "A message is an object with a role.");
            }
        }
        within(request, "max_tokens", MOST_TOKENS);
        within(request, "max_completion_tokens", MOST_TOKENS);
        within(request, "n", MOST_ANSWERS);
        boolean streamed = isTrue(request, STREAM);
        JsonNode options = request.path("stream_options");
        if (!isAbsent(options) && !options.isObject()) {
            throw invalid("stream_options", "stream_options is an object.");
        }
        boolean tells = streamed && options.path("include_usage").asBoolean(false);
        return new Asked(Asked.Kind.CHAT, body, model(request), fallbacks(request), streamed, tells);
    }

    /**
     * A request for embeddings.
     *
     * @throws GatewayException {@code invalid_request} with the field at fault
     */
    static Asked embeddings(JsonNode request) {
        ObjectNode body = body(request);
        JsonNode input = request.path("input");
        boolean given = input.isString() ? !input.stringValue().isEmpty() : input.isArray() && !input.isEmpty();
        if (!given) {
            throw invalid("input", "input is a text, or a list of at least one.");
        }
        return new Asked(Asked.Kind.EMBEDDINGS, body, model(request), fallbacks(request), false, false);
    }

    private static ObjectNode body(JsonNode request) {
        if (!request.isObject()) {
            throw invalid(null, "The request's body is a JSON object.");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        request.properties().forEach(field -> body.set(field.getKey(), field.getValue()));
        body.remove(List.of(MODEL, FALLBACKS));
        return body;
    }

    private static @Nullable String model(JsonNode request) {
        JsonNode model = request.path(MODEL);
        if (isAbsent(model)) {
            return null;
        }
        if (!isName(model)) {
            throw invalid(MODEL, "model is a text such as openai/gpt-4.1-mini, of at most 256 characters.");
        }
        return model.stringValue();
    }

    private static List<String> fallbacks(JsonNode request) {
        JsonNode given = request.path(FALLBACKS);
        if (isAbsent(given)) {
            return List.of();
        }
        if (!given.isArray() || given.size() > MOST_FALLBACKS) {
            throw invalid(FALLBACKS, "fallbacks is a list of at most 10 models.");
        }
        List<String> models = new ArrayList<>();
        for (int at = 0; at < given.size(); at++) {
            if (!isName(given.get(at))) {
                throw invalid(FALLBACKS + "[" + at + "]", "A fallback is a text such as openai/gpt-4.1-mini.");
            }
            models.add(given.get(at).stringValue());
        }
        return models;
    }

    private static boolean isName(JsonNode name) {
        return name.isString()
                && !name.stringValue().isEmpty()
                && name.stringValue().length() <= LONGEST_MODEL;
    }

    private static boolean isTrue(JsonNode request, String field) {
        JsonNode given = request.path(field);
        if (!isAbsent(given) && !given.isBoolean()) {
            throw invalid(field, "This field is true or false.");
        }
        return given.asBoolean(false);
    }

    private static void within(JsonNode request, String field, long most) {
        JsonNode number = request.path(field);
        if (isAbsent(number)) {
            return;
        }
        boolean whole = number.isIntegralNumber() && number.canConvertToLong();
        if (!whole || number.longValue() < 1 || number.longValue() > most) {
            throw invalid(field, "This field is a whole number of at least 1, and no more than any model has.");
        }
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static GatewayException invalid(@Nullable String field, @CompileTimeConstant String message) {
        return new GatewayException(GatewayError.INVALID_REQUEST, field, message);
    }
}
