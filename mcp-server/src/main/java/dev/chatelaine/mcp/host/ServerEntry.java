package dev.chatelaine.mcp.host;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How a host reaches Chatelaine; each kind writes its own members into the host's entry. */
public sealed interface ServerEntry permits LaunchedServer, ServedInstance {
    /** The name of Chatelaine's entry in every host's section of servers. */
    String NAME = "chatelaine";

    /**
     * The members an entry of this kind has in this host's file, in the order they are written.
     *
     * @throws SetupException when the host takes no such entry, with what to do instead
     */
    ObjectNode members(McpHost host);

    /** Whether an entry that is there is one of another kind, to be replaced as a whole. */
    boolean replaces(JsonNode entry);

    /** What the host is to ask the person for, in the form of its {@code inputs}; most hosts have none. */
    default Optional<ObjectNode> input(McpHost host) {
        return Optional.empty();
    }

    /** What the person does after the file was changed: a sentence or two. */
    String nextStep(McpHost host);
}
