package dev.chatelaine.gateway.failure;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The signs in an error's body by which it is classified: its codes and its text, in lower case. For classification
 * alone: the text may hold anything, a key included, so nothing of it is passed on from here.
 *
 * @param codes what the error's short fields say (its code, type, status and reasons), each between two spaces
 * @param text the message, or the whole body where it has no such shape
 */
public record ErrorSigns(String codes, String text) {
    /** Of an answer without a body. */
    public static final ErrorSigns NONE = new ErrorSigns("", "");

    private static final int LONGEST = 16_384;

    /**
     * The signs in a body, whichever of the providers' shapes it has: {@code {"error": {…}}} (OpenAI, Anthropic and
     * most), {@code [{"error": {…}}]} (Google), {@code {"error": "…"}} (xAI, Ollama), {@code {"message": "…"}} (Mistral,
     * Cohere), {@code {"detail": …}} (Mistral), or a text.
     *
     * @param body the parsed body; null where it is not JSON
     * @param raw the body as it came
     */
    public static ErrorSigns of(@Nullable JsonNode body, String raw) {
        if (body == null) {
            return new ErrorSigns("", cut(raw));
        }
        JsonNode root = body.isArray() && !body.isEmpty() ? body.get(0) : body;
        JsonNode error = root.path("error").isObject() ? root.path("error") : root;
        StringBuilder codes = new StringBuilder(" ");
        for (String field : new String[] {"code", "type", "status"}) {
            add(codes, error.path(field));
        }
        for (JsonNode detail : error.path("details")) {
            add(codes, detail.path("reason"));
        }
        return new ErrorSigns(codes.toString(), cut(message(root, error)));
    }

    /** Whether the body is an error by its shape, as some providers send with status 200. */
    public static boolean isError(JsonNode body) {
        JsonNode root = body.isArray() && !body.isEmpty() ? body.get(0) : body;
        JsonNode error = root.path("error");
        boolean given = error.isObject()
                ? !error.isEmpty()
                : error.isString() && !error.stringValue().isEmpty();
        return given || root.path("type").asString("").equals("error");
    }

    private static String message(JsonNode root, JsonNode error) {
        for (JsonNode each : new JsonNode[] {error.path("message"), root.path("error"), root.path("detail")}) {
            if (each.isString()) {
                return each.stringValue();
            }
        }
        return root.path("detail").toString();
    }

    private static void add(StringBuilder codes, JsonNode value) {
        if (value.isString() || value.isNumber()) {
            codes.append(value.asString().toLowerCase(Locale.ROOT)).append(' ');
        }
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST)).toLowerCase(Locale.ROOT);
    }

    boolean hasCode(String code) {
        return codes.contains(" " + code + " ");
    }

    boolean says(String words) {
        return text.contains(words);
    }

    /** Nothing of the body. */
    @Override
    public String toString() {
        return "ErrorSigns[" + text.length() + " characters]";
    }
}
