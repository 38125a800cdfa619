package dev.chatelaine.vault.provider;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What of a request in OpenAI's shape a provider cannot take as it is. Fields are those of the request's top level, and
 * its messages', as in {@code messages[].name}.
 *
 * @param leaveOut fields that it refuses
 * @param rename fields that it knows by another name
 * @param atMost the largest number that it takes in a field
 * @param streamUsage how it comes to tell the usage of a stream
 * @param roles roles of messages that it knows by another name
 * @param callIds what ids of tool calls it takes
 */
public record Quirks(
        Set<String> leaveOut,
        Map<String, String> rename,
        Map<String, Long> atMost,
        StreamUsage streamUsage,
        Map<String, String> roles,
        CallIds callIds) {
    /** None: the provider takes what OpenAI takes. */
    public static final Quirks NONE =
            new Quirks(Set.of(), Map.of(), Map.of(), StreamUsage.ASKED, Map.of(), CallIds.ANY);

    public Quirks {
        leaveOut = Collections.unmodifiableSet(new LinkedHashSet<>(leaveOut));
        rename = Collections.unmodifiableMap(new LinkedHashMap<>(rename));
        atMost = Collections.unmodifiableMap(new LinkedHashMap<>(atMost));
        roles = Map.copyOf(roles);
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

    /** What ids of tool calls a provider takes, when a conversation goes on that another one began. */
    public enum CallIds {
        /** Those of any provider. */
        ANY,
        /** Nine letters and digits. */
        NINE
    }
}
