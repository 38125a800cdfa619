package dev.chatelaine.gateway.upstream;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far the texts of one stream are on their way to being the key. Of each it remembers two numbers and no character:
 * what is held back of a text is always a part of the key, which whoever asks brings along.
 */
final class HeldTexts {
    /**
     * How much must have come of a key before anything is held back. Most keys begin with {@code sk-} or another mark that
     * everybody knows, and good answers end a piece with a character or two of it all the time. Of a key that comes in
     * pieces, one character less than this goes out, unless its choice is said to have ended in the middle of it.
     */
    private static final int LEAST = 4;
    /** What a provider can make this remember, in bytes, roughly. */
    private static final int MOST = 1 << 16;

    private final Map<TextPlace, Match> matches = new HashMap<>();
    private int size;

    /**
     * What a text ends with.
     *
     * @param matched how many of the key's first characters it ends with
     * @param held how many of them, the last ones, have not gone out
     */
    private record Match(int matched, int held) {
        static final Match NONE = new Match(0, 0);
    }

    /**
     * What of a text goes out with this piece of it; null where the key is complete.
     *
     * @param ending whether nothing is to be held back of it, for it ends here
     */
    @Nullable
    String passed(TextPlace place, String piece, boolean ending, String secret) {
        Match before = matches.isEmpty() ? Match.NONE : matches.getOrDefault(place, Match.NONE);
        String text = before.matched() == 0 ? piece : secret.substring(0, before.matched()) + piece;
        if (text.contains(secret)) {
            return null;
        }
        int matched = matched(text, secret);
        int held = ending || matched < LEAST ? 0 : Math.min(matched, before.held() + piece.length());
        remember(place, matched, held);
        return text.substring(before.matched() - before.held(), text.length() - held);
    }

    private static int matched(String text, String secret) {
        int matched = Math.min(text.length(), secret.length() - 1);
        while (!text.regionMatches(text.length() - matched, secret, 0, matched)) {
            matched--;
        }
        return matched;
    }

    private void remember(TextPlace place, int matched, int held) {
        if (matched == 0) {
            size -= !matches.isEmpty() && matches.remove(place) != null ? place.size() : 0;
        } else {
            size += matches.put(place, new Match(matched, held)) == null ? place.size() : 0;
        }
    }

    /** Whether these are more texts at once than an answer has. */
    boolean areTooMany() {
        return size > MOST;
    }

    /** Whether a text of this choice is held back, or of any. */
    boolean any(@Nullable TextPlace choice) {
        for (Map.Entry<TextPlace, Match> each : matches.entrySet()) {
            if (isHeld(each, choice)) {
                return true;
            }
        }
        return false;
    }

    /** Puts what is held back, of one choice or of all, into a chunk. Should the key go on after that, it is still found. */
    void release(@Nullable TextPlace choice, ObjectNode chunk, String secret) {
        for (Map.Entry<TextPlace, Match> each : matches.entrySet()) {
            if (isHeld(each, choice)) {
                int matched = each.getValue().matched();
                int held = each.getValue().held();
                each.getKey().put(chunk, secret.substring(matched - held, matched));
                each.setValue(new Match(matched, 0));
            }
        }
    }

    private static boolean isHeld(Map.Entry<TextPlace, Match> each, @Nullable TextPlace choice) {
        return each.getValue().held() > 0
                && (choice == null || each.getKey().choice().equals(choice));
    }
}
