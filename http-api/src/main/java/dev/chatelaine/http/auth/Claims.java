package dev.chatelaine.http.auth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A token's claims, once its signature counts. A claim of another type than its reader expects is refused. */
final class Claims {
    /** The end of the year 9999. */
    private static final double LATEST_SECONDS = 253_402_300_799d;

    private final JsonNode json;

    private Claims(JsonNode json) {
        this.json = json;
    }

    static Claims parse(byte[] utf8) {
        return new Claims(StrictJson.object(utf8)
                .orElseThrow(() -> AuthenticationException.invalid(
                        "The token's claims are not one JSON object without duplicates.")));
    }

    boolean has(String name) {
        return json.has(name);
    }

    Optional<String> text(String name) {
        return present(json.get(name)).map(node -> {
            if (!node.isString()) {
                throw wrongType();
            }
            return node.stringValue();
        });
    }

    /** The texts of a claim that is one text or an array of them; none when it is absent. */
    List<String> texts(String name) {
        return present(at(name)).map(Claims::texts).orElse(List.of());
    }

    /** A moment in seconds since 1970, whole or not (RFC 7519, section 2, NumericDate). */
    Optional<Instant> moment(String name) {
        return present(json.get(name)).map(node -> {
            double seconds = node.isNumber() ? node.asDouble(-1) : -1;
            if (!(seconds >= 0 && seconds <= LATEST_SECONDS)) {
                throw wrongType();
            }
            return Instant.ofEpochMilli((long) (seconds * 1000));
        });
    }

    private JsonNode at(String name) {
        if (json.has(name)) {
            return json.path(name);
        }
        JsonNode node = json;
        for (String step : name.split("\\.", -1)) {
            node = node.path(step);
        }
        return node;
    }

    private static Optional<JsonNode> present(JsonNode node) {
        return Optional.ofNullable(node).filter(found -> !found.isMissingNode() && !found.isNull());
    }

    private static List<String> texts(JsonNode node) {
        if (node.isString()) {
            return List.of(node.stringValue());
        }
        if (!node.isArray()) {
            throw wrongType();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : node) {
            if (!element.isString()) {
                throw wrongType();
            }
            texts.add(element.stringValue());
        }
        return texts;
    }

    private static AuthenticationException wrongType() {
        return AuthenticationException.invalid("A claim of the token has the wrong type.");
    }
}
