package dev.chatelaine.mcp.cli;

import dev.chatelaine.mcp.cli.desk.HiddenPrompt;
import dev.chatelaine.mcp.cli.desk.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs commands in this JVM against a real vault in a folder of its own. */
final class Shell {
    final Map<String, String> environment = new HashMap<>();
    final Map<String, String> properties = new HashMap<>();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private byte[] input = new byte[0];
    private @Nullable HiddenPrompt terminal;
    private boolean inSight;

    Shell(Path folder) {
        environment.put("CHATELAINE_HOME", folder.resolve("home").toString());
        properties.put("os.name", "Linux");
        properties.put("user.home", folder.toString());
        properties.put("java.version", System.getProperty("java.version"));
    }

    Shell input(String text) {
        return input(text.getBytes(StandardCharsets.UTF_8));
    }

    Shell input(byte[] bytes) {
        input = bytes;
        terminal = null;
        return this;
    }

    Shell terminal(HiddenPrompt prompt) {
        terminal = prompt;
        return this;
    }

    Shell typedInSight() {
        inSight = true;
        return this;
    }

    int run(String... arguments) {
        out.reset();
        err.reset();
        Surroundings surroundings = new Surroundings(
                environment,
                properties,
                new ByteArrayInputStream(input),
                out,
                err,
                terminal,
                () -> inSight,
                Clock.systemUTC(),
                new SecureRandom());
        return CommandLineMain.run(arguments, settings -> 42, surroundings);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return json(out());
    }

    JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
