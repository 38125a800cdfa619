package dev.chatelaine.http.gateway;

import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads requests for models, which nest deeper than other requests do: the schemas of tools are in them. */
final class RequestBody {
    private static final int DEEPEST = 128;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /**
     * What these bytes say; numbers as they are written.
     *
     * @throws ProblemException {@code malformed_json}
     */
    JsonNode read(byte[] utf8) {
        try {
            return mapper.readTree(utf8);
        } catch (JacksonException e) {
            throw new ProblemException(HttpProblem.MALFORMED_JSON).causedBy(e);
        }
    }
}
