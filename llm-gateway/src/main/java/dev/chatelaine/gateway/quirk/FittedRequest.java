package dev.chatelaine.gateway.quirk;

import dev.chatelaine.vault.provider.ModelQuirks;
import dev.chatelaine.vault.provider.Quirks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request as one model, or one provider, can take it.
 *
 * @param body what is sent; shares its unchanged parts with the request it was made from
 * @param changed the fields that were left out or lowered, for the caller to know
 */
public record FittedRequest(ObjectNode body, List<String> changed) {
    private static final String STREAM_OPTIONS = "stream_options";
    private static final String TOOL_CHOICE = "tool_choice";

    public FittedRequest {
        changed = List.copyOf(changed);
    }

    /**
     * The request, fitted. A field that is left out or lowered is told, but for {@code stream_options}, which the
     * gateway answers itself; a field, a role or a call under another name is no change. Of two names for the same, the
     * provider's own wins. Usage of a stream is asked for where that is how a provider comes to tell it.
     *
     * @param request in OpenAI's shape; is not changed
     */
    public static FittedRequest of(ObjectNode request, Quirks quirks) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        List<String> changed = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : request.properties()) {
            String name = field.getKey();
            if (quirks.leaveOut().contains(name)) {
                note(changed, name, field.getValue());
                continue;
            }
            String known = quirks.rename().getOrDefault(name, name);
            if (known.equals(name) || !request.has(known)) {
                body.set(known, lowered(name, field.getValue(), quirks, changed));
            }
        }
        changed.addAll(FittedMessages.into(body, quirks));
        askForUsage(body, quirks);
        return new FittedRequest(body, changed);
    }

    /**
     * The request, fitted to a model. A field that is left out is told, and so is that the model may do without a tool.
     *
     * @param request in OpenAI's shape; is not changed
     */
    public static FittedRequest of(ObjectNode request, ModelQuirks quirks) {
        if (quirks.equals(ModelQuirks.NONE)) {
            return new FittedRequest(request, List.of());
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        List<String> changed = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : request.properties()) {
            if (quirks.leaveOut().contains(field.getKey())) {
                note(changed, field.getKey(), field.getValue());
            } else {
                body.set(field.getKey(), field.getValue());
            }
        }
        if (!quirks.forcedTools() && isForced(body.path(TOOL_CHOICE))) {
            body.put(TOOL_CHOICE, "auto");
            changed.add(TOOL_CHOICE);
        }
        return new FittedRequest(body, changed);
    }

    private static boolean isForced(JsonNode choice) {
        return choice.isObject() || choice.asString("").equals("required");
    }

    private static void note(List<String> changed, String name, JsonNode value) {
        if (!name.equals(STREAM_OPTIONS) && !value.isNull()) {
            changed.add(name);
        }
    }

    private static JsonNode lowered(String name, JsonNode value, Quirks quirks, List<String> changed) {
        Long most = quirks.atMost().get(name);
        if (most == null || !value.isNumber() || value.asDouble(0) <= most) {
            return value;
        }
        changed.add(name);
        return LongNode.valueOf(most);
    }

    private static void askForUsage(ObjectNode body, Quirks quirks) {
        if (quirks.streamUsage() != Quirks.StreamUsage.ASKED
                || !body.path("stream").asBoolean(false)) {
            return;
        }
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        body.path(STREAM_OPTIONS).properties().forEach(option -> options.set(option.getKey(), option.getValue()));
        body.set(STREAM_OPTIONS, options.put("include_usage", true));
    }
}
