package dev.chatelaine.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plants values in every way in, well and ill, and searches all that the processes said and left behind: standard
 * output and error, the vault's files byte by byte, the temporary folder.
 */
class CanaryIT {
    private static final int SHOWN_AS_HINT = 4;

    @TempDir
    private Path folder;

    private final List<String> planted = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    @Test
    void noValueIsFoundInAnythingThatTheProgramSaysOrWrites() throws IOException {
        Files.createDirectories(folder.resolve("tmp"));
        throughTheServer();
        throughTheCommandLine();
        assertThat(planted).hasSizeGreaterThan(15);
        for (String value : planted) {
            for (String form : forms(value)) {
                assertThat(said).as("what was said").noneMatch(text -> text.contains(form));
                try (Stream<Path> files = Files.walk(folder)) {
                    assertThat(files.filter(Files::isRegularFile))
                            .noneMatch(file -> bytes(file).contains(form));
                }
            }
        }
    }

    private void throughTheServer() {
        try (ServerProcess server = start("stdio")) {
            server.initialize("2025-11-25");
            PlantedCalls.SECRETS.forEach(arguments -> call(server, "manage_secrets", arguments));
            PlantedCalls.CONFIGURATIONS.forEach(arguments -> call(server, "configure_llm", arguments));
            call(server, "no_such_tool", "{'value':'%s'}");
            for (String garbage : List.of("%s", "{\"value\":\"%s\"", "[\"%s\"]", "{\"method\":\"%s\"}")) {
                server.send(garbage.formatted(plant()));
                said.add(server.receive().toString());
            }
            server.closeInput();
            server.exitCode(60);
            finished(server);
        }
    }

    private void throughTheCommandLine() {
        try (ServerProcess set = start("secret", "set", "typed")) {
            set.write(plant().getBytes(StandardCharsets.UTF_8));
            set.closeInput();
            assertThat(set.exitCode(60)).isZero();
            finished(set);
        }
        try (ServerProcess wrong = start("secret", "set", "typed", plant())) {
            assertThat(wrong.exitCode(60)).isEqualTo(2);
            finished(wrong);
        }
        try (ServerProcess child = start("run", "--secret", "KEY=typed", "--", "sh", "-c", "echo \"in: $KEY\"; env")) {
            assertThat(child.exitCode(60)).isZero();
            finished(child);
        }
        assertThat(said).anyMatch(text -> text.contains("in: ••••"));
    }

    private ServerProcess start(String... arguments) {
        return ServerProcess.start(
                folder.resolve("home"), Map.of(), List.of("-Djava.io.tmpdir=" + folder.resolve("tmp")), arguments);
    }

    private void call(ServerProcess server, String tool, String arguments) {
        String value = PlantedCalls.keyShaped(arguments) ? plantKey() : plant();
        String filled = arguments.replace("%s", value);
        server.call(1, tool, filled.replace('\'', '"'));
        said.add(server.receive().toString());
    }

    private void finished(ServerProcess process) {
        said.addAll(process.rest());
        said.add(process.standardError());
    }

    private String plant() {
        String value = "canary+" + UUID.randomUUID() + "/" + UUID.randomUUID();
        planted.add(value);
        return value;
    }

    /** What follows a provider's prefix: the checks for keys in the wrong field must know it for one. */
    private String plantKey() {
        String key = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
        planted.add(key);
        return key;
    }

    /** What would betray a value, without its last characters, which are the hint. */
    private static List<String> forms(String value) {
        String body = value.substring(0, value.length() - SHOWN_AS_HINT);
        byte[] whole = body.substring(0, body.length() - body.length() % 3).getBytes(StandardCharsets.UTF_8);
        return List.of(
                body,
                Base64.getEncoder().encodeToString(whole),
                HexFormat.of().formatHex(whole),
                URLEncoder.encode(body, StandardCharsets.UTF_8));
    }

    private static String bytes(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
