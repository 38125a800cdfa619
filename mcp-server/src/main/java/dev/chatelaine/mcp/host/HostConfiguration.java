package dev.chatelaine.mcp.host;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a host's configuration text becomes when Chatelaine's entry is put in: a rule from text to text. */
final class HostConfiguration {
    /** More than an entry has members: a text that still asks for a change after that many is a fault in this class. */
    private static final int MOST_STEPS = 10;

    private static final String INPUTS = "inputs";

    private final McpHost host;
    private final ObjectNode wanted;
    private final ServerEntry server;
    private final Optional<ObjectNode> input;

    HostConfiguration(McpHost host, ServerEntry server) {
        this.host = host;
        this.server = server;
        this.wanted = server.members(host);
        this.input = server.input(host);
    }

    /** A whole configuration that holds Chatelaine's entry alone, ending in a line end. */
    String alone() {
        return alone(new JsoncDocument("", null));
    }

    /**
     * The text with Chatelaine's entry in it; the very same text when the entry is in it already.
     *
     * @throws MalformedJsonException when the text is not an object in the host's syntax, has a name twice where that
     *     makes the place of the entry doubtful, or has something else where the host's servers belong
     */
    String mergedInto(String text) throws MalformedJsonException {
        String merged = text;
        for (int step = 0; step < MOST_STEPS; step++) {
            JsoncDocument document = JsoncDocument.parse(merged, host.syntax());
            JsoncObject root = document.root();
            if (root == null) {
                return withoutObject(document);
            }
            List<TextEdit> edits = nextStep(document, root);
            if (edits.isEmpty()) {
                return merged;
            }
            merged = TextEdit.apply(merged, edits);
        }
        throw new IllegalStateException("the configuration still asks for changes");
    }

    private List<TextEdit> nextStep(JsoncDocument document, JsoncObject root) throws MalformedJsonException {
        Optional<JsoncMember> section = only(root, host.section());
        if (section.isEmpty()) {
            return JsoncInsertion.of(document, root, host.section(), namedEntry());
        }
        JsoncObject servers = section.get().object();
        if (servers == null) {
            throw new MalformedJsonException("has something else than an object as \"" + host.section() + "\"");
        }
        Optional<JsoncMember> entry = only(servers, ServerEntry.NAME);
        List<TextEdit> edits = entry.isEmpty()
                ? JsoncInsertion.of(document, servers, ServerEntry.NAME, wanted)
                : correction(document, entry.get());
        return edits.isEmpty() && input.isPresent() ? asked(document, root, input.get()) : edits;
    }

    /** What the host is to ask for, among what it asks for already. */
    private static List<TextEdit> asked(JsoncDocument document, JsoncObject root, ObjectNode input)
            throws MalformedJsonException {
        Optional<JsoncMember> inputs = only(root, INPUTS);
        if (inputs.isEmpty()) {
            return JsoncInsertion.of(
                    document, root, INPUTS, JsonNodeFactory.instance.arrayNode().add(input));
        }
        JsonNode present = document.value(inputs.get());
        if (!present.isArray()) {
            throw new MalformedJsonException("has something else than an array as \"" + INPUTS + "\"");
        }
        for (JsonNode one : present) {
            if (one.path("id").equals(input.get("id"))) {
                return List.of();
            }
        }
        return List.of(JsoncInsertion.first(document, inputs.get(), input));
    }

    private List<TextEdit> correction(JsoncDocument document, JsoncMember entry) throws MalformedJsonException {
        JsoncObject members = entry.object();
        return members == null || server.replaces(document.value(entry))
                ? List.of(replacement(document, entry, wanted))
                : correction(document, members, wanted);
    }

    /** The first member that is missing or another, also within a member that is an object. */
    private static List<TextEdit> correction(JsoncDocument document, JsoncObject members, JsonNode wanted)
            throws MalformedJsonException {
        for (Map.Entry<String, JsonNode> member : wanted.properties()) {
            Optional<JsoncMember> present = only(members, member.getKey());
            if (present.isEmpty()) {
                return JsoncInsertion.of(document, members, member.getKey(), member.getValue());
            }
            List<TextEdit> edits = correction(document, present.get(), member.getValue());
            if (!edits.isEmpty()) {
                return edits;
            }
        }
        return List.of();
    }

    private static List<TextEdit> correction(JsoncDocument document, JsoncMember present, JsonNode wanted)
            throws MalformedJsonException {
        JsoncObject within = present.object();
        if (within != null && wanted.isObject()) {
            return correction(document, within, wanted);
        }
        return document.value(present).equals(wanted) ? List.of() : List.of(replacement(document, present, wanted));
    }

    private static TextEdit replacement(JsoncDocument document, JsoncMember member, JsonNode value) {
        String indentation = JsoncLayout.indentation(document.text(), member.nameStart());
        String replacement = JsoncLayout.of(document).value(value, indentation);
        return new TextEdit(member.valueStart(), member.valueEnd(), replacement);
    }

    private static Optional<JsoncMember> only(JsoncObject object, String name) throws MalformedJsonException {
        Optional<String> repeated = object.repeatedName();
        if (repeated.isPresent()) {
            throw new MalformedJsonException("has the name \"" + repeated.get() + "\" twice in one object");
        }
        return object.member(name);
    }

    /** Comments stay; space alone is not worth keeping. */
    private String withoutObject(JsoncDocument document) {
        String text = document.text();
        if (text.isBlank()) {
            return alone(document);
        }
        String eol = JsoncLayout.hasLineEnd(text.substring(text.length() - 1))
                ? ""
                : JsoncLayout.of(document).eol();
        return text + eol + alone(document);
    }

    private String alone(JsoncDocument document) {
        JsoncLayout layout = JsoncLayout.of(document);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.set(host.section(), namedEntry());
        input.ifPresent(asked -> root.putArray(INPUTS).add(asked));
        return layout.value(root, "") + layout.eol();
    }

    private ObjectNode namedEntry() {
        ObjectNode section = JsonNodeFactory.instance.objectNode();
        section.set(ServerEntry.NAME, wanted);
        return section;
    }
}
