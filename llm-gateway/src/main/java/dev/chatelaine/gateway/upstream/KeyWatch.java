package dev.chatelaine.gateway.upstream;

import dev.chatelaine.gateway.failure.FailureCategory;
import dev.chatelaine.vault.crypto.ChecksSecret;
import dev.chatelaine.vault.crypto.SecretValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Looks for a key that comes in pieces, over several chunks of one stream of chat completions. What ends as the key begins
 * is held back until what follows shows that it is not the key, or until its choice ends; where it is the key, the stream
 * breaks off, as it does where the whole key is in one event. One chunk at a time.
 *
 * <p>Each text of a choice is looked at by itself: its content, what was thought, the arguments of each call. Clients put
 * the pieces of each together, and no two of them.
 */
public final class KeyWatch {
    /** Words that come as a whole, and the tokens of what is in another field as a text. */
    private static final Set<String> NO_TEXTS = Set.of("role", "type", "id", "finish_reason", "logprobs");

    private static final List<String> ENVELOPE = List.of("id", "object", "created", "model");

    private final @Nullable SecretValue key;
    private final HeldTexts texts = new HeldTexts();
    private ObjectNode envelope = JsonNodeFactory.instance.objectNode();

    KeyWatch(@Nullable SecretValue key) {
        this.key = key;
    }

    /**
     * Takes out of a chunk what has to wait, and puts in what has waited for long enough.
     *
     * @param chunk in OpenAI's shape, as the caller is about to get it; is changed
     * @throws UpstreamException {@code stream_broken} where the key would be complete with this
     */
    @ChecksSecret
    public void pass(JsonNode chunk) {
        if (key != null && key.check(characters -> completes(chunk, characters.toString()))) {
            throw new UpstreamException(FailureCategory.STREAM_BROKEN);
        }
    }

    /** What still waits when the stream has come to its end, as one more chunk; null where nothing does. */
    @ChecksSecret
    public @Nullable JsonNode rest() {
        if (key == null || !texts.any(null)) {
            return null;
        }
        boolean done = key.check(characters -> {
            texts.release(null, envelope, characters.toString());
            return true;
        });
        return done ? envelope : null;
    }

    private boolean completes(JsonNode chunk, String secret) {
        if (secret.length() < KeyEcho.PART || !(chunk instanceof ObjectNode body)) {
            return false;
        }
        JsonNode choices = body.path("choices");
        for (int at = 0; at < choices.size(); at++) {
            if (choices.get(at) instanceof ObjectNode choice && completes(body, choice, at, secret)) {
                return true;
            }
        }
        return texts.areTooMany();
    }

    private boolean completes(ObjectNode body, ObjectNode choice, int position, String secret) {
        TextPlace place = TextPlace.choice(TextPlace.index(choice, position));
        boolean ending = isEnding(choice);
        if (isIn(choice, place, ending, secret)) {
            return true;
        }
        if (texts.any(place)) {
            if (ending) {
                texts.release(place, body, secret);
            } else {
                keepBack(body, choice);
            }
        }
        return false;
    }

    /** A thought ends with its signature: what came of it later would not be part of it. */
    private static boolean isEnding(ObjectNode choice) {
        if (!choice.path("finish_reason").asString("").isEmpty()) {
            return true;
        }
        for (JsonNode block : choice.path("delta").path("thinking_blocks")) {
            if (!block.path("signature").asString("").isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private boolean isIn(ObjectNode node, TextPlace place, boolean ending, String secret) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            JsonNode value = field.getValue();
            String name = field.getKey();
            boolean found = false;
            if (value.isString() && !NO_TEXTS.contains(name)) {
                TextPlace text = new TextPlace(place, name, TextPlace.NO_LIST);
                String passed = texts.passed(text, value.stringValue(), ending, secret);
                found = passed == null;
                if (passed != null && !passed.equals(value.stringValue())) {
                    field.setValue(StringNode.valueOf(passed));
                }
            } else if (value.isContainer() && !NO_TEXTS.contains(name)) {
                found = isWithin(value, place, name, ending, secret);
            }
            if (found) {
                return true;
            }
        }
        return false;
    }

    private boolean isWithin(JsonNode value, TextPlace in, String name, boolean ending, String secret) {
        if (value instanceof ObjectNode object) {
            return isIn(object, new TextPlace(in, name, TextPlace.NO_LIST), ending, secret);
        }
        for (int at = 0; at < value.size(); at++) {
            if (value.get(at) instanceof ObjectNode item
                    && isIn(item, new TextPlace(in, name, TextPlace.index(item, at)), ending, secret)) {
                return true;
            }
        }
        return false;
    }

    /** The tokens of a text that waits say it too. What all chunks of the stream say alike is kept for the rest. */
    private void keepBack(ObjectNode body, ObjectNode choice) {
        if (choice.path("logprobs").isContainer()) {
            choice.putNull("logprobs");
        }
        envelope = JsonNodeFactory.instance.objectNode();
        for (String name : ENVELOPE) {
            if (body.has(name)) {
                envelope.set(name, body.get(name));
            }
        }
    }
}
