package dev.chatelaine.gateway.quirk;

import dev.chatelaine.vault.provider.Quirks;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The messages of a request as one provider can take them. */
final class FittedMessages {
    private static final String FIELD = "messages[].";
    private static final Pattern NINE = Pattern.compile("[a-zA-Z0-9]{9}");

    private final Quirks quirks;
    private final Set<String> without;
    private final Set<String> left = new LinkedHashSet<>();

    private FittedMessages(Quirks quirks) {
        this.quirks = quirks;
        this.without = quirks.leaveOut().stream()
                .filter(name -> name.startsWith(FIELD))
                .map(name -> name.substring(FIELD.length()))
                .collect(Collectors.toSet());
    }

    /** Puts fitted messages into the body, whose own are not changed. Answers the fields that were left out. */
    static Set<String> into(ObjectNode body, Quirks quirks) {
        FittedMessages fitted = new FittedMessages(quirks);
        if (body.get("messages") instanceof ArrayNode messages && fitted.hasWork()) {
            ArrayNode copies = JsonNodeFactory.instance.arrayNode();
            messages.forEach(
                    message -> copies.add(message instanceof ObjectNode given ? fitted.message(given) : message));
            body.set("messages", copies);
        }
        return fitted.left;
    }

    private boolean hasWork() {
        return !without.isEmpty() || !quirks.roles().isEmpty() || quirks.callIds() == Quirks.CallIds.NINE;
    }

    private ObjectNode message(ObjectNode message) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (var field : message.properties()) {
            String name = field.getKey();
            if (without.contains(name)) {
                note(name, field.getValue());
            } else {
                copy.set(name, value(name, field.getValue()));
            }
        }
        return copy;
    }

    /** That nothing was left out is not worth a word. */
    private void note(String name, JsonNode value) {
        if (!value.isNull() && !(value.isArray() && value.isEmpty())) {
            left.add(FIELD + name);
        }
    }

    private JsonNode value(String name, JsonNode value) {
        boolean nine = quirks.callIds() == Quirks.CallIds.NINE;
        return switch (name) {
            case "role" -> {
                String role = quirks.roles().get(value.asString(""));
                yield role == null ? value : JsonNodeFactory.instance.stringNode(role);
            }
            case "tool_call_id" -> nine ? id(value) : value;
            case "tool_calls" -> nine ? calls(value) : value;
            default -> value;
        };
    }

    private static JsonNode calls(JsonNode calls) {
        if (!calls.isArray()) {
            return calls;
        }
        ArrayNode copies = JsonNodeFactory.instance.arrayNode();
        for (JsonNode call : calls) {
            if (call instanceof ObjectNode given && given.has("id")) {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                given.properties().forEach(field -> copy.set(field.getKey(), field.getValue()));
                copies.add(copy.set("id", id(given.get("id"))));
            } else {
                copies.add(call);
            }
        }
        return copies;
    }

    /** The same nine letters and digits for the same id, so that a result still finds its call. */
    private static JsonNode id(JsonNode id) {
        if (!id.isString() || NINE.matcher(id.stringValue()).matches()) {
            return id;
        }
        UUID hash = UUID.nameUUIDFromBytes(id.stringValue().getBytes(StandardCharsets.UTF_8));
        String digits = Long.toString(hash.getMostSignificantBits() >>> 18, Character.MAX_RADIX);
        return JsonNodeFactory.instance.stringNode("0".repeat(9 - digits.length()) + digits);
    }
}
