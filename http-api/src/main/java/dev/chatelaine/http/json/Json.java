package dev.chatelaine.http.json;

import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes JSON. Immutable and safe for several threads. */
public final class Json {
    private static final int DEEPEST = 16;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * The object that these bytes are.
     *
     * @throws ProblemException {@code malformed_json}
     */
    ObjectNode object(byte[] utf8) {
        try {
            JsonNode read = mapper.readTree(text(utf8));
            if (read instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException | CharacterCodingException e) {
            throw new ProblemException(HttpProblem.MALFORMED_JSON).causedBy(e);
        }
        throw new ProblemException(HttpProblem.MALFORMED_JSON);
    }

    /** The JSON text of a document of maps, lists, texts, numbers and booleans, in UTF-8. */
    public byte[] write(Object document) {
        return mapper.writeValueAsBytes(document);
    }

    private static String text(byte[] utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(utf8))
                .toString();
    }
}
