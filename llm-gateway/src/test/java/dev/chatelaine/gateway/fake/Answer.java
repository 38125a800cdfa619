package dev.chatelaine.gateway.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the fakes answer. In this order:
 *
 * <ul>
 *   <li>With tools, as long as none has been called since the last message of a user: a call of the first tool, or of the
 *       one that is asked for; of the first two where that message has the word {@code both} and calls may be parallel.
 *       Their arguments fit their schema, and each text in them is the last message of a user.
 *   <li>With results of tools: {@code tool said: } and the results.
 *   <li>With a schema for the answer: JSON that fits it, each text in it the last message of a user.
 *   <li>Else {@code heard: } and the last message of a user, and {@code  with 2 images} where there are images.
 * </ul>
 *
 * An answer longer than {@code max_tokens} is cut there, one with a stop sequence before it. It comes in pieces of one
 * token.
 *
 * @param text what is said
 * @param uses calls of tools
 * @param end why it ends
 * @param stop the stop sequence that ended it
 * @param thought whether it has been thought about first
 */
public record Answer(
        String text, List<Use> uses, End end, @Nullable String stop, boolean thought) {
    public Answer {
        uses = List.copyOf(uses);
    }

    /**
     * A call of a tool.
     *
     * @param id what its result refers to
     * @param arguments JSON
     */
    public record Use(String id, String name, String arguments) {}

    /** Why an answer ends. */
    public enum End {
        DONE,
        LENGTH,
        STOP,
        CALLS
    }

    /**
     * The answer.
     *
     * @param number of the request, unique to the fake, for the ids
     */
    static Answer to(Conversation asked, long number) {
        if (!asked.tools().isEmpty()
                && asked.calls().allowed()
                && asked.toolResults().isEmpty()) {
            return new Answer("", uses(asked, number), End.CALLS, null, asked.reasons());
        }
        String text = text(asked);
        for (String stop : asked.limits().stops()) {
            int at = text.indexOf(stop);
            if (at >= 0) {
                return new Answer(text.substring(0, at), List.of(), End.STOP, stop, asked.reasons());
            }
        }
        List<String> pieces = pieces(text);
        if (pieces.size() > asked.limits().tokens()) {
            String cut = String.join("", pieces.subList(0, (int) asked.limits().tokens()));
            return new Answer(cut.stripTrailing(), List.of(), End.LENGTH, null, asked.reasons());
        }
        return new Answer(text, List.of(), End.DONE, null, asked.reasons());
    }

    private static String text(Conversation asked) {
        if (!asked.toolResults().isEmpty()) {
            return "tool said: " + String.join(" and ", asked.toolResults());
        }
        if (asked.schema() != null) {
            return JsonExample.of(asked.schema(), asked.lastUser()).toString();
        }
        String images = asked.images() == 0 ? "" : " with " + asked.images() + " images";
        return "heard: " + asked.lastUser() + images;
    }

    private static List<Use> uses(Conversation asked, long number) {
        boolean both = asked.calls().parallel() && asked.lastUser().contains("both");
        String only = asked.calls().only();
        List<Use> uses = new ArrayList<>();
        for (Conversation.Tool tool : asked.tools()) {
            if (uses.size() < (both ? 2 : 1) && (only == null || only.equals(tool.name()))) {
                // Nine letters and digits, which is what the strictest of the providers has.
                String id = String.format(Locale.ROOT, "t%07d%d", number % 10_000_000, uses.size());
                String arguments =
                        JsonExample.of(tool.parameters(), asked.lastUser()).toString();
                uses.add(new Use(id, tool.name(), arguments));
            }
        }
        return uses;
    }

    /** The text in pieces of one token, which together are the text. */
    static List<String> pieces(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("(?<= )"));
    }

    /** The tokens of what is said and called, without what was thought. */
    public long spoken() {
        return Tokens.of(text) + (long) Tokens.CALL * uses.size();
    }

    /** The tokens of what was thought. */
    public long reasoning() {
        return thought ? Tokens.REASONING : 0;
    }
}
