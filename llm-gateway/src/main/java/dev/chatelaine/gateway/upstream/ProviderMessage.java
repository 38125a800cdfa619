package dev.chatelaine.gateway.upstream;

import dev.chatelaine.vault.crypto.SecretValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a provider said of a request that it will not meet, in OpenAI's fields whichever shape it had.
 *
 * @param message its words; a constant where the key was in them
 * @param type its {@code type}, where it has one
 * @param param the field at fault, where it says so
 * @param code its {@code code}, where it has one
 */
public record ProviderMessage(
        String message,
        @Nullable String type,
        @Nullable String param,
        @Nullable String code) {
    private static final int LONGEST = 4_096;
    private static final String SILENT = "The provider refused this request and did not say why.";
    private static final String REPEATED =
            "The provider refused this request; its words are left out, for they repeated the key.";

    static ProviderMessage of(@Nullable JsonNode body, String raw, @Nullable SecretValue key) {
        if (KeyEcho.isIn(raw, key)) {
            return new ProviderMessage(REPEATED, null, null, null);
        }
        if (body == null) {
            return new ProviderMessage(SILENT, null, null, null);
        }
        JsonNode root = body.isArray() && !body.isEmpty() ? body.get(0) : body;
        JsonNode error = root.path("error").isObject() ? root.path("error") : root;
        ProviderMessage said = new ProviderMessage(
                words(root, error), text(error.path("type")), text(error.path("param")), text(error.path("code")));
        return said.repeats(key) ? new ProviderMessage(REPEATED, null, null, null) : said;
    }

    /** JSON can write a character in several ways, so that what was read is looked at too. */
    private boolean repeats(@Nullable SecretValue key) {
        return KeyEcho.isIn(message, key)
                || KeyEcho.isIn(String.valueOf(type), key)
                || KeyEcho.isIn(String.valueOf(param), key)
                || KeyEcho.isIn(String.valueOf(code), key);
    }

    private static String words(JsonNode root, JsonNode error) {
        for (JsonNode each : new JsonNode[] {error.path("message"), root.path("error"), root.path("detail")}) {
            if (each.isString() && !each.stringValue().isBlank()) {
                return cut(each.stringValue());
            }
        }
        JsonNode detail = root.path("detail").isMissingNode() ? error.path("message") : root.path("detail");
        return detail.isContainer() ? cut(detail.toString()) : SILENT;
    }

    private static @Nullable String text(JsonNode value) {
        return value.isString() || value.isNumber() ? cut(value.asString()) : null;
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST));
    }
}
