package dev.chatelaine.gateway.upstream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One event of a provider's stream.
 *
 * @param name the event's name, where the protocol has them
 * @param body what it says; never an error by its shape
 */
public record UpstreamEvent(@Nullable String name, JsonNode body) {
    /** Never the body: it is part of somebody's answer. */
    @Override
    public String toString() {
        return "UpstreamEvent[name=" + name + "]";
    }
}
