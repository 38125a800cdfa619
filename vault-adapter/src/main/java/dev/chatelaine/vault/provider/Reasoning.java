package dev.chatelaine.vault.provider;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a model of Anthropic's is told how hard to think.
 *
 * @param effort the levels of effort that it knows; none where it knows no effort
 * @param asked how it is asked to think; null where it thinks without being asked
 * @param without the type of thinking that a model which thinks without being asked takes for none, such as {@code
 *     disabled}; null where it cannot do without, or does not think unless it is asked to
 */
public record Reasoning(
        Set<Effort> effort, @Nullable Asked asked, @Nullable String without) {
    public Reasoning {
        Set<Effort> inOrder = EnumSet.noneOf(Effort.class);
        inOrder.addAll(effort);
        effort = Collections.unmodifiableSet(inOrder);
        if (effort.isEmpty() && asked == null) {
            throw new IllegalArgumentException("A model that thinks by itself has an effort to be told");
        }
        if (asked != null && without != null) {
            throw new IllegalArgumentException("A model that is asked to think does without unless it is");
        }
    }

    /** How hard, from the weakest on; a provider's word is the name in small letters. */
    public enum Effort {
        MINIMAL,
        LOW,
        MEDIUM,
        HIGH,
        XHIGH,
        MAX
    }

    /** How a model is asked to think that does not by itself. */
    public enum Asked {
        /** It decides by itself how much. */
        ADAPTIVE,
        /** It is given a number of tokens. */
        BUDGET
    }

    /** The level that comes nearest: this one, else the strongest below it, else the weakest; null where it knows none. */
    public @Nullable Effort nearest(Effort wanted) {
        Effort nearest = null;
        for (Effort each : effort) {
            if (nearest == null || each.compareTo(wanted) <= 0) {
                nearest = each;
            }
        }
        return nearest;
    }
}
