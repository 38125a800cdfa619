package dev.chatelaine.mcp.host;

import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** How a host reaches Chatelaine; each kind writes its own members into the host's entry. */
public sealed interface ServerEntry permits LaunchedServer {
    /** The name of Chatelaine's entry in every host's section of servers. */
    String NAME = "chatelaine";

    /** The members an entry of this kind has in this host's file, in the order they are written. */
    ObjectNode members(McpHost host);

    /** Members that make an entry one of another kind: an entry that has any of them is replaced as a whole. */
    Set<String> foreignMembers();
}
