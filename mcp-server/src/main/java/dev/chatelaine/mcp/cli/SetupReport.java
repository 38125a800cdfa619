package dev.chatelaine.mcp.cli;

import dev.chatelaine.mcp.host.McpHost;
import dev.chatelaine.mcp.host.SetupResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What {@code setup} says, to a person or to a script. */
record SetupReport(PrintWriter out, boolean json) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    void printed(McpHost host, Path file, String snippet) {
        if (json) {
            ObjectNode answer = answer(host, file);
            answer.set("configuration", MAPPER.readTree(snippet));
            out.println(answer);
            return;
        }
        out.println("To add Chatelaine to " + host.displayName() + ", merge this into " + file + ":");
        out.println();
        out.print(snippet);
        out.flush();
    }

    void done(SetupResult result, String nextStep) {
        if (json) {
            ObjectNode answer = answer(result.host(), result.file());
            answer.put("change", result.change().id());
            result.backup().ifPresent(backup -> answer.put("backup", backup.toString()));
            out.println(answer);
            return;
        }
        String name = result.host().displayName();
        switch (result.change()) {
            case UNCHANGED -> out.println("Chatelaine is already set up in " + name + ": " + result.file());
            case CREATED -> out.println("Added Chatelaine to " + name + ", in a new file: " + result.file());
            case CHANGED -> out.println("Added Chatelaine to " + name + ": " + result.file());
        }
        result.backup().ifPresent(backup -> out.println("The file as it was: " + backup));
        out.println("Next: " + nextStep);
    }

    private static ObjectNode answer(McpHost host, Path file) {
        return MAPPER.createObjectNode().put("host", host.id()).put("file", file.toString());
    }
}
