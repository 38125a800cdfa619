package dev.chatelaine.vault.provider;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a provider's keys begin. Nothing else about them is checked: providers lengthen their keys without notice.
 *
 * @param kind whether there is a prefix to go by
 * @param prefixes what a key may begin with; the first is the most common one. Empty unless {@code kind} is
 *     {@link Kind#PREFIX}
 * @param shown the format in words for people, such as {@code sk-ant-…}
 */
public record KeyFormat(Kind kind, List<String> prefixes, String shown) {
    public KeyFormat {
        prefixes = List.copyOf(prefixes);
        if ((kind == Kind.PREFIX) == prefixes.isEmpty()) {
            throw new IllegalArgumentException("Prefixes belong to the format 'prefix', which has at least one");
        }
        if (prefixes.contains("")) {
            throw new IllegalArgumentException("A prefix has at least one character");
        }
    }

    /** The format with these prefixes and words; without words, the words that follow from the rest. */
    static KeyFormat of(Kind kind, List<String> prefixes, @Nullable String shown) {
        if (shown != null) {
            return new KeyFormat(kind, prefixes, shown);
        }
        return switch (kind) {
            case PREFIX -> new KeyFormat(kind, prefixes, prefixes.isEmpty() ? "" : prefixes.get(0) + "…");
            case OPAQUE -> new KeyFormat(kind, prefixes, "opaque");
            case ANY -> new KeyFormat(kind, prefixes, "any or none");
        };
    }

    /** Whether a key's beginning says whose it is. */
    public enum Kind {
        /** A key begins with one of the prefixes. */
        PREFIX,
        /** A key may begin with anything that is not plainly another provider's. */
        OPAQUE,
        /** Anything, and no key at all. */
        ANY
    }
}
