package dev.chatelaine.vault.provider;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What of a request in OpenAI's shape a provider cannot take as it is. Fields are those of the request's top level, and
 * {@code messages[].name}.
 *
 * @param leaveOut fields that it refuses
 * @param rename fields that it knows by another name
 * @param atMost the largest number that it takes in a field
 * @param streamUsage how it comes to tell the usage of a stream
 */
public record Quirks(
        Set<String> leaveOut, Map<String, String> rename, Map<String, Long> atMost, StreamUsage streamUsage) {
    /** None: the provider takes what OpenAI takes. */
    public static final Quirks NONE = new Quirks(Set.of(), Map.of(), Map.of(), StreamUsage.ASKED);

    public Quirks {
        leaveOut = Collections.unmodifiableSet(new LinkedHashSet<>(leaveOut));
        rename = Collections.unmodifiableMap(new LinkedHashMap<>(rename));
        atMost = Collections.unmodifiableMap(new LinkedHashMap<>(atMost));
    }

    /** How a provider comes to tell the usage of a stream. */
    public enum StreamUsage {
        /** With {@code stream_options.include_usage}. */
        ASKED,
        /** Without being asked. */
        ALWAYS,
        /** Not at all: it is counted. */
        NEVER
    }
}
