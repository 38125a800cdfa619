package dev.chatelaine.mcp.host;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server the host starts as its own process and speaks to over standard input and output.
 *
 * @param command the absolute path of the program, since a host starts it in a directory of its own choice
 * @param arguments what the program is started with
 */
public record LaunchedServer(String command, List<String> arguments) implements ServerEntry {
    public LaunchedServer {
        if (command.isBlank()) {
            throw new IllegalArgumentException("a launched server needs a command");
        }
        arguments = List.copyOf(arguments);
    }

    /** Chatelaine's launcher with the argument that makes it serve over standard input and output. */
    public static LaunchedServer stdio(String launcher) {
        return new LaunchedServer(launcher, List.of("stdio"));
    }

    @Override
    public ObjectNode members(McpHost host) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        if (host.namesTransport()) {
            entry.put("type", "stdio");
        }
        entry.put("command", command);
        arguments.forEach(entry.putArray("args")::add);
        return entry;
    }

    @Override
    public boolean replaces(JsonNode entry) {
        return Stream.of("url", "serverUrl", "headers").anyMatch(entry::has);
    }

    @Override
    public String nextStep(McpHost host) {
        return host.nextStep();
    }
}
