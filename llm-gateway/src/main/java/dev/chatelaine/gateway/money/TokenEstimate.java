package dev.chatelaine.gateway.money;

import dev.chatelaine.vault.provider.Model;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tokens where nobody counted them yet. Every tokeniser of the providers works on bytes, so that a text never has more
 * tokens than bytes of UTF-8: that is the upper bound. What is likely is a quarter of it for ASCII.
 */
public final class TokenEstimate {
    /** More than any provider counts for one image, sound or page that is not text. */
    private static final long ATTACHMENT = 5_000;
    /** More than any provider puts into the prompt for tools, beyond the tools themselves. */
    private static final long TOOLS = 1_024;
    /** Roles and marks around a message; its JSON has more bytes than that. */
    private static final long ENVELOPE = 64;

    private static final String DATA_URL = "data:image/";

    private TokenEstimate() {}

    /**
     * The most tokens that a request's prompt can have, in OpenAI's shape: its bytes as JSON, images counted by number
     * and not by size; no more than the model's context, where that is known.
     */
    public static long promptAtMost(JsonNode request, @Nullable Model model) {
        long bytes = ENVELOPE + bytes(request) + (request.path("tools").isEmpty() ? 0 : TOOLS);
        Long context = model == null ? null : model.context();
        return context == null ? bytes : Math.min(bytes, context);
    }

    /**
     * The most tokens that the answers can have together: what the request says, else the model's longest answer, else
     * its context; times the number of answers asked for. Nothing where none of these is known.
     */
    public static OptionalLong completionAtMost(JsonNode request, @Nullable Model model) {
        long asked = Math.max(positive(request.path("max_completion_tokens")), positive(request.path("max_tokens")));
        Long longest = model == null ? null : model.maxOutput() != null ? model.maxOutput() : model.context();
        if (longest == null) {
            return asked == 0 ? OptionalLong.empty() : answers(request, asked);
        }
        return answers(request, asked == 0 ? longest : Math.min(asked, longest));
    }

    private static OptionalLong answers(JsonNode request, long each) {
        long answers = Math.max(1, Math.min(positive(request.path("n")), 128));
        return OptionalLong.of(each > Long.MAX_VALUE / answers ? Long.MAX_VALUE : each * answers);
    }

    /** How many tokens a prompt likely has that can have so many at most. */
    public static long likely(long promptAtMost) {
        return promptAtMost / 4 + 1;
    }

    /** How many tokens a text likely has: one for four characters of ASCII, one for each other character. */
    public static long likely(CharSequence text) {
        long ascii = ascii(text);
        return likely(ascii, text.length() - ascii);
    }

    /** As {@link #likely(CharSequence)}, of a text of which only the numbers of characters are known. */
    static long likely(long ascii, long others) {
        return (ascii + 3) / 4 + others;
    }

    /** How many characters of a text are ASCII. */
    static long ascii(CharSequence text) {
        return text.chars().filter(each -> each < 0x80).count();
    }

    private static long positive(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong() ? Math.max(0, number.longValue()) : 0;
    }

    private static long bytes(JsonNode node) {
        if (node.isString()) {
            return textBytes(node.stringValue()) + 2;
        }
        if (node.isObject()) {
            long sum = 2 + (isAttachment(node) ? ATTACHMENT : 0);
            for (var field : node.properties()) {
                sum += textBytes(field.getKey()) + 4 + bytes(field.getValue());
            }
            return sum;
        }
        if (node.isArray()) {
            long sum = 2;
            for (JsonNode item : node) {
                sum += 1 + bytes(item);
            }
            return sum;
        }
        return node.asString("").length();
    }

    private static boolean isAttachment(JsonNode node) {
        return switch (node.path("type").asString("")) {
            case "image_url", "input_audio", "file" -> true;
            default -> false;
        };
    }

    private static long textBytes(String text) {
        if (text.startsWith(DATA_URL)) {
            return DATA_URL.length();
        }
        long bytes = 0;
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            // A surrogate is half of four bytes.
            bytes += each < 0x80 ? 1 : each < 0x800 || Character.isSurrogate(each) ? 2 : 3;
        }
        return bytes;
    }
}
