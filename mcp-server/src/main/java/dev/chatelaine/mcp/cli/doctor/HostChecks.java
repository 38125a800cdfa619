package dev.chatelaine.mcp.cli.doctor;

import dev.chatelaine.mcp.cli.desk.Surroundings;
import dev.chatelaine.mcp.host.HostLocations;
import dev.chatelaine.mcp.host.McpHost;
import dev.chatelaine.mcp.host.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which MCP hosts know of this server. */
final class HostChecks {
    private static final String ENTRY = "\"chatelaine\"";

    private final HostLocations locations;

    HostChecks(Surroundings surroundings) {
        this.locations = new HostLocations(
                surroundings.environment(), OperatingSystem.named(surroundings.osName()), surroundings.userHome());
    }

    void make(Checks checks) {
        checks.make("mcp hosts", this::look);
    }

    private Finding look() throws IOException {
        List<String> configured = new ArrayList<>();
        for (McpHost host : McpHost.values()) {
            Path file = locations.configurationFile(host);
            if (Files.isReadable(file) && Files.readString(file).contains(ENTRY)) {
                configured.add(host.displayName());
            }
        }
        return configured.isEmpty()
                ? Finding.note("mcp hosts", "none is set up", "chatelaine setup claude-desktop")
                : Finding.good("mcp hosts", String.join(", ", configured));
    }
}
