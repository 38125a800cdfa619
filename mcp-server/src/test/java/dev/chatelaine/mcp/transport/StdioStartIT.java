package dev.chatelaine.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real process does before its first call. */
class StdioStartIT {
    private static final List<String> NOT_FOR_A_START = List.of(
            "picocli.",
            "com.google.crypto.tink.",
            "org.sqlite.",
            "org.jdbi.",
            "org.snakeyaml.",
            "org.eclipse.jetty.",
            "tools.jackson.databind.",
            "com.networknt.",
            "dev.chatelaine.vault.Vault ",
            "dev.chatelaine.mcp.tool.Tools ");

    @TempDir
    Path home;

    @Test
    void loadsNothingThatOnlyCallsNeed() throws Exception {
        Path loaded = home.resolve("loaded.txt");
        List<String> options = List.of("-Xlog:class+load:file=" + loaded);
        try (ServerProcess server = ServerProcess.start(home, Map.of(), options, "stdio")) {
            server.initialize("2025-11-25");
            server.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
            assertThat(server.receive().at("/result/tools").size()).isEqualTo(3);

            List<String> classes = Files.readAllLines(loaded);
            assertThat(classes).anyMatch(line -> line.contains("dev.chatelaine.mcp.transport.StdioServer "));
            for (String prefix : NOT_FOR_A_START) {
                Pattern load = Pattern.compile("\\s" + Pattern.quote(prefix));
                assertThat(classes).noneMatch(line -> load.matcher(line).find());
            }
            assertThat(home.resolve("chatelaine.db")).doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CHATELAINE_READ_ONLY, maybe, CHATELAINE_READ_ONLY",
        "CHATELAINE_INLINE_VALUES, no, CHATELAINE_INLINE_VALUES",
        "CHATELAINE_TENANT, a/b, tenant",
        "CHATELAINE_CATALOG, /no/such/catalog.yaml, catalog.yaml"
    })
    void stopsBeforeItStartsWhenASettingIsWrong(String variable, String content, String named) {
        try (ServerProcess server = ServerProcess.start(home, Map.of(variable, content), List.of(), "stdio")) {
            assertThat(server.exitCode(30)).isEqualTo(2);
            assertThat(server.rest()).isEmpty();
            assertThat(server.standardError()).startsWith("chatelaine: ").contains(named);
            assertThat(server.standardError().lines()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
    void speaksEachRevision(String revision) {
        try (ServerProcess server = ServerProcess.start(home)) {
            assertThat(server.initialize(revision).get("protocolVersion").asString())
                    .isEqualTo(revision);
            server.call(1, "manage_secrets", "{\"action\":\"list\"}");
            assertThat(server.receive().at("/result/structuredContent/secrets").isArray())
                    .isTrue();
        }
    }
}
