package dev.chatelaine.mcp.host;

import dev.chatelaine.mcp.host.SetupResult.Change;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Adds Chatelaine to the configuration of a host. Threads may share it; two setups of one file at once are refused. */
public final class HostSetup {
    private final HostLocations locations;
    private final Clock clock;

    /** A setup that finds files by these locations and names backups by this clock. */
    public HostSetup(HostLocations locations, Clock clock) {
        this.locations = locations;
        this.clock = clock;
    }

    /**
     * The host's configuration file.
     *
     * @throws SetupException when it cannot be told which one is in force
     */
    public Path file(McpHost host) {
        return locations.configurationFile(host);
    }

    /** A whole configuration in the host's shape that holds this server alone, ending in a line end. */
    public String snippet(McpHost host, ServerEntry server) {
        return new HostConfiguration(host, server).alone();
    }

    /**
     * Puts the server into the host's configuration file, which is created when missing. Nothing is written when it is
     * there already.
     *
     * @throws SetupException when the file cannot be read, understood or replaced; it is then as it was
     */
    public SetupResult add(McpHost host, ServerEntry server) {
        ConfigurationFile file = ConfigurationFile.at(file(host));
        Optional<ConfigurationText> present = file.read();
        HostConfiguration configuration = new HostConfiguration(host, server);
        if (present.isEmpty()) {
            file.create(new ConfigurationText(false, configuration.alone()));
            return new SetupResult(host, file.path(), Change.CREATED, Optional.empty());
        }
        ConfigurationText before = present.get();
        ConfigurationText after = new ConfigurationText(before.byteOrderMark(), merged(configuration, before, file));
        if (after.equals(before)) {
            return new SetupResult(host, file.path(), Change.UNCHANGED, Optional.empty());
        }
        Path backup = file.replace(before, after, clock.instant());
        return new SetupResult(host, file.path(), Change.CHANGED, Optional.of(backup));
    }

    private static String merged(HostConfiguration configuration, ConfigurationText before, ConfigurationFile file) {
        try {
            return configuration.mergedInto(before.text());
        } catch (MalformedJsonException e) {
            throw new SetupException(
                    file.path() + " " + e.getMessage() + "; it was not changed.",
                    "Correct the file and run the command again, or add the server by hand: --print shows what to add.",
                    e);
        }
    }
}
