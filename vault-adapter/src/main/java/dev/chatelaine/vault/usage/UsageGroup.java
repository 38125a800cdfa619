package dev.chatelaine.vault.usage;

import org.jspecify.annotations.Nullable;

/**
 * Usage of several requests.
 *
 * @param group what they have in common, in the words of the grouping; null where they have it not
 * @param name a gateway key's name, where that is the group
 * @param requests how many they are
 * @param failed how many of them ended with a status of 400 or more, or with none
 * @param tokens what they used
 * @param microUsd what that cost, as far as it is known
 * @param unpriced how many there are whose cost is not known
 * @param estimated how many there are whose tokens were counted here and not by the provider
 * @param latency how long they took
 * @param firstByte how long it took to the first byte of their answers
 */
public record UsageGroup(
        @Nullable String group,
        @Nullable String name,
        long requests,
        long failed,
        Tokens tokens,
        long microUsd,
        long unpriced,
        long estimated,
        Percentiles latency,
        Percentiles firstByte) {

    /** What it cost, as far as it is known; null where nothing of it is, which is not the same as that it was free. */
    public @Nullable Long knownMicroUsd() {
        return microUsd == 0 && unpriced > 0 ? null : Long.valueOf(microUsd);
    }
}
