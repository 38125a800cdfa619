package dev.chatelaine.mcp.transport;

import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities.Elicitation;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities.RootCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities.Sampling;
import io.modelcontextprotocol.spec.McpSchema.Icon;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The parameters that every host sends at its start, and those of a tool call, from their members. */
final class ParameterReader {
    private ParameterReader() {}

    /** What is required and missing is empty, as the SDK has it: a host without a version is answered all the same. */
    static InitializeRequest initialize(Fields params) throws UnusualException {
        Fields capabilities = params.object("capabilities");
        Fields client = params.object("clientInfo");
        return new InitializeRequest(
                Objects.requireNonNullElse(params.string("protocolVersion"), ""),
                capabilities == null ? new ClientCapabilities(null, null, null, null) : capabilities(capabilities),
                implementation(client == null ? new Fields(Map.of()) : client),
                params.map("_meta"));
    }

    static CallToolRequest call(Fields params) throws UnusualException {
        String name = Objects.requireNonNullElse(params.string("name"), "");
        return new CallToolRequest(name, params.map("arguments"), params.map("_meta"));
    }

    private static ClientCapabilities capabilities(Fields from) throws UnusualException {
        Fields roots = from.object("roots");
        Fields elicitation = from.object("elicitation");
        return new ClientCapabilities(
                from.map("experimental"),
                roots == null ? null : new RootCapabilities(roots.bool("listChanged")),
                from.object("sampling") == null ? null : new Sampling(),
                elicitation == null ? null : elicitation(elicitation));
    }

    private static Elicitation elicitation(Fields from) throws UnusualException {
        return new Elicitation(
                from.object("form") == null ? null : new Elicitation.Form(),
                from.object("url") == null ? null : new Elicitation.Url());
    }

    private static Implementation implementation(Fields from) throws UnusualException {
        return new Implementation(
                Objects.requireNonNullElse(from.string("name"), ""),
                from.string("title"),
                Objects.requireNonNullElse(from.string("version"), ""),
                from.string("description"),
                icons(from.list("icons")),
                from.string("websiteUrl"));
    }

    private static @Nullable List<Icon> icons(@Nullable List<?> from) throws UnusualException {
        if (from == null) {
            return null;
        }
        List<Icon> icons = new ArrayList<>();
        for (Object element : from) {
            Fields icon = Fields.of(element);
            icons.add(new Icon(
                    Objects.requireNonNullElse(icon.string("src"), ""),
                    icon.string("mimeType"),
                    icon.strings("sizes"),
                    icon.string("theme")));
        }
        return icons;
    }
}
