package dev.chatelaine.vault.session;

import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.crypto.SecretValue;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a session's runtime is given.
 *
 * @param revision how often the session was given values
 * @param llm the model that the session uses, or null
 * @param values the values by the variables that hold them
 */
public record Injection(long revision, @Nullable ModelChoice llm, SortedMap<KeyName, SecretValue> values) {
    public Injection {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }
}
