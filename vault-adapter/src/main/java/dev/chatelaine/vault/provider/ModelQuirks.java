package dev.chatelaine.vault.provider;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What of a request in OpenAI's shape one model cannot take, although its provider's others can.
 *
 * @param leaveOut fields of the request's top level that it refuses
 * @param forcedTools whether it can be told that it has to call a tool; where not, it is left to decide
 */
public record ModelQuirks(Set<String> leaveOut, boolean forcedTools) {
    /** None: the model takes what its provider takes. */
    public static final ModelQuirks NONE = new ModelQuirks(Set.of(), true);

    public ModelQuirks {
        leaveOut = Collections.unmodifiableSet(new LinkedHashSet<>(leaveOut));
    }
}
