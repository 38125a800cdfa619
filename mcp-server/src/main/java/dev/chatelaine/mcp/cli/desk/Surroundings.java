package dev.chatelaine.mcp.cli.desk;

import dev.chatelaine.mcp.config.Setting;
import dev.chatelaine.mcp.config.Settings;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The process around the command line.
 *
 * @param environment the environment variables
 * @param properties the system properties
 * @param in standard input
 * @param out standard output, unbuffered
 * @param err standard error, unbuffered
 * @param prompt asks the person at the terminal; null where standard input or standard output is none
 * @param typedInSight whether standard input is a terminal although there is no prompt: what is typed would be seen
 * @param clock what tells the time
 * @param random what ids are made from
 */
public record Surroundings(
        Map<String, String> environment,
        Map<String, String> properties,
        InputStream in,
        OutputStream out,
        OutputStream err,
        @Nullable HiddenPrompt prompt,
        BooleanSupplier typedInSight,
        Clock clock,
        SecureRandom random) {
    public Surroundings {
        environment = Map.copyOf(environment);
        properties = Map.copyOf(properties);
    }

    /** Whether a person sits at a terminal. */
    public boolean interactive() {
        return prompt != null;
    }

    /** Whether colours may be used: at a terminal that has them, and not against the person's wish. */
    public boolean colours() {
        return interactive()
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** The settings that these flags give here. */
    public Settings settings(Map<Setting, String> flags) {
        return new Settings(flags, environment, osName(), userHome());
    }

    /** The operating system, as the system property {@code os.name} has it. */
    public String osName() {
        return properties.getOrDefault("os.name", "");
    }

    /** The user's home folder. */
    public Path userHome() {
        return Path.of(properties.getOrDefault("user.home", "."));
    }
}
