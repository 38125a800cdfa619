package dev.chatelaine.vault.session;

import dev.chatelaine.vault.bundle.KeyName;
import java.util.List;

/**
 * What happened to a session's values since one of its revisions.
 *
 * @param revision the revision that it has now
 * @param keys the keys that got another value, came or went since, in alphabetical order
 */
public record Missed(long revision, List<KeyName> keys) {
    public Missed {
        keys = List.copyOf(keys);
    }
}
