package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.GatewayError;
import dev.chatelaine.gateway.GatewayException;
import dev.chatelaine.gateway.anthropic.MessagesRequest;
import dev.chatelaine.gateway.quirk.FittedRequest;
import dev.chatelaine.gateway.resolution.Candidate;
import dev.chatelaine.vault.provider.Model;
import dev.chatelaine.vault.provider.ModelQuirks;
import dev.chatelaine.vault.provider.Protocol;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request as one candidate is sent it.
 *
 * @param path where, after the base URL
 * @param body JSON
 * @param changed the fields that the provider could not take as they were
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Wire(String path, byte[] body, List<String> changed) {
    /** The longest answer where neither the request nor the catalogue says one, and the protocol demands it. */
    private static final long USUAL_ANSWER = 4_096;

    /**
     * The request for this candidate.
     *
     * @throws GatewayException {@code invalid_request} where it cannot be put into the provider's shape
     */
    static Wire of(Asked asked, Candidate candidate) {
        return candidate.provider().protocol() == Protocol.ANTHROPIC
                ? anthropic(asked, candidate)
                : openAi(asked, candidate);
    }

    private static Wire openAi(Asked asked, Candidate candidate) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", candidate.model());
        asked.body().properties().forEach(field -> body.set(field.getKey(), field.getValue()));
        if (asked.kind() == Asked.Kind.EMBEDDINGS) {
            return new Wire(asked.kind().path(), bytes(body), List.of());
        }
        FittedRequest forModel = FittedRequest.of(body, quirks(candidate.known()));
        FittedRequest fitted =
                FittedRequest.of(forModel.body(), candidate.provider().quirks());
        return new Wire(asked.kind().path(), bytes(fitted.body()), all(forModel.changed(), fitted.changed()));
    }

    private static Wire anthropic(Asked asked, Candidate candidate) {
        if (asked.kind() == Asked.Kind.EMBEDDINGS) {
            throw new GatewayException(
                    GatewayError.INVALID_REQUEST,
                    "model",
                    "This provider has no embeddings. Name a model of one that has, such as"
                            + " openai/text-embedding-3-small.");
        }
        Model known = candidate.known();
        Long longest = known == null ? null : known.maxOutput();
        FittedRequest forModel = FittedRequest.of(asked.body(), quirks(known));
        MessagesRequest request = MessagesRequest.of(
                forModel.body(),
                candidate.model(),
                longest == null ? USUAL_ANSWER : longest,
                known == null ? null : known.reasoning());
        return new Wire("/messages", bytes(request.body()), all(forModel.changed(), request.changed()));
    }

    private static ModelQuirks quirks(@Nullable Model model) {
        return model == null ? ModelQuirks.NONE : model.quirks();
    }

    private static List<String> all(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static byte[] bytes(ObjectNode body) {
        return JsonMapper.shared().writeValueAsBytes(body);
    }
}
