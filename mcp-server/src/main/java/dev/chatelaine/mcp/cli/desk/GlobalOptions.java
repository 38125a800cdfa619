package dev.chatelaine.mcp.cli.desk;

import dev.chatelaine.mcp.config.Setting;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command has, which stand above the environment's settings. */
public final class GlobalOptions {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            order = 900,
            description = "The folder of the vault, instead of CHATELAINE_HOME.")
    private @Nullable String home;

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            order = 901,
            description = "Work in this tenant, instead of CHATELAINE_TENANT.")
    private @Nullable String tenant;

    /** The settings that were given as options. */
    public Map<Setting, String> flags() {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        if (home != null) {
            flags.put(Setting.HOME, home);
        }
        if (tenant != null) {
            flags.put(Setting.TENANT, tenant);
        }
        return flags;
    }
}
