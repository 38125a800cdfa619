package dev.chatelaine.gateway.fake;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A request that a fake has read.
 *
 * @param method the method
 * @param path the path, with the query
 * @param headers by name in lower case; of several of one name, the last
 * @param text the body as it came
 * @param body the body as JSON, missing where it is none
 */
public record FakeRequest(String method, String path, Map<String, String> headers, String text, JsonNode body) {
    public FakeRequest {
        headers = Map.copyOf(headers);
    }

    static FakeRequest of(String method, String path, Map<String, String> headers, String text) {
        return new FakeRequest(method, path, headers, text, Json.parse(text).orElse(MissingNode.getInstance()));
    }

    /** The header of this name, whatever its case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Whether the answer is to come in pieces. */
    public boolean streams() {
        return body.path("stream").asBoolean(false);
    }
}
