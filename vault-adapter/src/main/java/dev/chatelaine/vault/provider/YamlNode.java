package dev.chatelaine.vault.provider;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A piece of a YAML file that knows where it stands. Each accessor demands one type and refuses any other with the file,
 * the line and what was expected; types are those of YAML's core schema, so {@code "true"} in quotes is no flag.
 */
final class YamlNode {
    private static final int LONGEST_FILE = 1 << 20;

    private final String file;
    private final @Nullable Node node;

    private YamlNode(String file, @Nullable Node node) {
        this.file = file;
        this.node = node;
    }

    /** The root of a document of at most 1 MiB; an empty one reads as a mapping without fields. */
    static YamlNode parse(String file, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LONGEST_FILE + 1);
        if (bytes.length > LONGEST_FILE) {
            throw new InvalidCatalogException(file, 0, "is longer than 1 MiB");
        }
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        try {
            Compose compose = new Compose(settings);
            return new YamlNode(
                    file,
                    compose.composeInputStream(new ByteArrayInputStream(bytes)).orElse(null));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw new InvalidCatalogException(file, line, "this is not well-formed YAML");
        } catch (YamlEngineException e) {
            throw new InvalidCatalogException(file, 0, "this is not well-formed YAML in UTF-8");
        }
    }

    /** The values of a mapping by name, in the file's order, none of them twice. */
    Map<String, YamlNode> entries() {
        if (node == null || node.getTag().equals(Tag.NULL)) {
            return Map.of();
        }
        if (!(node instanceof MappingNode mapping)) {
            throw fault("expected a mapping (name: value)");
        }
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            YamlNode key = new YamlNode(file, tuple.getKeyNode());
            if (entries.put(key.name(), new YamlNode(file, tuple.getValueNode())) != null) {
                throw key.fault("'" + key.name() + "' is given twice");
            }
        }
        return entries;
    }

    /** As {@link #entries}, with no other names than these. */
    Map<String, YamlNode> fields(Set<String> known) {
        Map<String, YamlNode> entries = entries();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                YamlNode key = new YamlNode(file, tuple.getKeyNode());
                if (!known.contains(key.name())) {
                    throw key.fault("unknown field '" + key.name() + "'; known here: " + String.join(", ", known));
                }
            }
        }
        return entries;
    }

    List<YamlNode> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw fault("expected a list ([a, b])");
        }
        return sequence.getValue().stream()
                .map(item -> new YamlNode(file, item))
                .toList();
    }

    /** A text that is not empty. */
    String text() {
        String text = scalar(Tag.STR, "a text");
        if (text.isBlank()) {
            throw fault("expected a text that is not empty");
        }
        return text;
    }

    boolean flag() {
        return Boolean.parseBoolean(scalar(Tag.BOOL, "true or false"));
    }

    /** A whole number of at least {@code least}. */
    long number(long least) {
        try {
            long number = Long.parseLong(scalar(Tag.INT, "a whole number"));
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw fault("expected a whole number in decimal digits, not larger than 9223372036854775807");
        }
        throw fault("expected a whole number of at least " + least);
    }

    InvalidCatalogException fault(String what) {
        int line = node == null
                ? 0
                : node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        return new InvalidCatalogException(file, line, what);
    }

    private String name() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw fault("expected a name");
    }

    private String scalar(Tag tag, String expected) {
        if (node instanceof ScalarNode scalar && node.getTag().equals(tag)) {
            return scalar.getValue();
        }
        throw fault("expected " + expected);
    }
}
