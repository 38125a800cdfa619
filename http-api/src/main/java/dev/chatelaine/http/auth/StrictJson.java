package dev.chatelaine.http.auth;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a JSON object that leaves no room for two readings: no duplicate member at any depth, nothing after the end,
 * nesting of at most 16. What is wrong is not said, because a parser's words quote its input.
 */
final class StrictJson {
    private static final int DEEPEST = 16;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

    private StrictJson() {}

    static Optional<JsonNode> object(byte[] utf8) {
        try {
            return Optional.of(MAPPER.readTree(utf8)).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
