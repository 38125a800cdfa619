package dev.chatelaine.gateway.failure;

import java.util.ArrayList;
import java.util.List;

/**
 * The attempts of one request, in order. What the caller is told when all failed: the last one's status, and each by
 * category, never a provider's own words.
 *
 * @param list the attempts, oldest first
 */
public record Attempts(List<Attempt> list) {
    /** None yet. */
    public static final Attempts NONE = new Attempts(List.of());

    public Attempts {
        list = List.copyOf(list);
    }

    /** These and one more. */
    public Attempts and(Attempt next) {
        List<Attempt> more = new ArrayList<>(list);
        more.add(next);
        return new Attempts(more);
    }

    /** The status for the caller: that of the last attempt's category, or 503 where nothing could be asked. */
    public int status() {
        return list.isEmpty() ? 503 : list.get(list.size() - 1).category().status();
    }
}
