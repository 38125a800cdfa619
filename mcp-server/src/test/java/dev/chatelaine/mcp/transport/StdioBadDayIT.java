package dev.chatelaine.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a broken or a dying host does to a real process. */
class StdioBadDayIT {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}";
    private static final int MEBIBYTE = 1_024 * 1_024;

    /** The contract's second, and the slack of a machine that does other things too. */
    private static final long END_SECONDS = 5;

    @TempDir
    Path home;

    @Test
    void livesThroughAThousandLinesOfGarbage() {
        try (ServerProcess server = ServerProcess.start(home)) {
            server.initialize("2025-11-25");
            Random random = new Random(7);
            for (int line = 0; line < 1_000; line++) {
                byte[] garbage = new byte[1 + random.nextInt(300)];
                random.nextBytes(garbage);
                garbage[0] = '}';
                server.write(withoutLineFeeds(garbage));
            }

            for (int line = 0; line < 1_000; line++) {
                JsonNode answer = server.receive();
                assertThat(answer.at("/error/code").asInt()).isEqualTo(-32700);
                assertThat(answer.get("id").isNull()).isTrue();
            }
            stillAnswers(server);
        }
    }

    @Test
    void refusesAHugeLineInLittleMemory() throws Exception {
        try (ServerProcess server = ServerProcess.start(home)) {
            server.initialize("2025-11-25");
            long before = server.peakMebibytes();
            byte[] mebibyte = "x".repeat(MEBIBYTE).getBytes(StandardCharsets.UTF_8);
            for (int sent = 0; sent < 100; sent++) {
                server.write(mebibyte);
            }
            server.send("");

            assertThat(server.receive().at("/error/code").asInt()).isEqualTo(-32600);
            stillAnswers(server);
            assertThat(server.peakMebibytes() - before).isLessThan(60);
        }
    }

    @Test
    void storesTheLongestValueWithEveryCharacterEscaped() {
        try (ServerProcess server = ServerProcess.start(home)) {
            server.initialize("2025-11-25");
            String byteEscaped = "\\u0061";
            server.call(1, "manage_secrets", create("long", byteEscaped.repeat(65_536)));
            assertThat(server.receive().at("/result/isError").asBoolean()).isFalse();

            server.call(2, "manage_secrets", create("longer", byteEscaped.repeat(65_537)));
            assertThat(server.receive()
                            .at("/result/structuredContent/error/code")
                            .asString())
                    .isEqualTo("value_too_large");
        }
    }

    @Test
    void dropsAMessageThatTheInputEndsIn() {
        try (ServerProcess server = ServerProcess.start(home)) {
            server.initialize("2025-11-25");
            server.write(PING.getBytes(StandardCharsets.UTF_8));
            server.closeInput();

            assertThat(server.exitCode(END_SECONDS)).isZero();
            assertThat(server.rest()).isEmpty();
            assertThat(server.standardError()).isEmpty();
        }
    }

    @Test
    void answersTheCallsThatAreUnderWayWhenTheInputEnds() {
        try (ServerProcess server = ServerProcess.start(home)) {
            server.initialize("2025-11-25");
            server.call(1, "manage_secrets", create("first", "value"));
            server.receive();
            server.call(2, "manage_secrets", create("second", "value"));
            server.closeInput();

            assertThat(server.receive()
                            .at("/result/structuredContent/secret/name")
                            .asString())
                    .isEqualTo("second");
            assertThat(server.exitCode(END_SECONDS)).isZero();
        }
    }

    @Test
    void endsWhenTheHostNoLongerReads() throws Exception {
        try (ServerProcess server = ServerProcess.start(home)) {
            server.initialize("2025-11-25");
            server.closeOutput();
            server.sendUntilItEnds(PING, END_SECONDS);

            assertThat(server.exitCode(END_SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void answersPingsWhileCallsRun() {
        try (ServerProcess server = ServerProcess.start(home)) {
            server.initialize("2025-11-25");
            server.call(1, "list_byok_providers", "{}");
            server.send(PING);

            List<JsonNode> answers = List.of(server.receive(), server.receive());
            assertThat(answers.get(0).get("id").asString()).isEqualTo("p");
            assertThat(answers.get(1).at("/result/isError").asBoolean()).isFalse();
        }
    }

    @Test
    void answersABatchOfCallsInOneLine() {
        try (ServerProcess server = ServerProcess.start(home)) {
            server.initialize("2025-03-26");
            String call = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":"
                    + "\"manage_secrets\",\"arguments\":{\"action\":\"list\"}}}";
            server.send("[" + call.formatted(1) + "," + call.formatted(2) + "," + PING + "]");

            assertThat(server.receive()
                            .valueStream()
                            .map(answer -> answer.get("id").toString()))
                    .containsExactlyInAnyOrder("1", "2", "\"p\"");
        }
    }

    @Test
    void repeatsNothingOfWhatWasSentOnStandardError() {
        try (ServerProcess server = ServerProcess.start(home)) {
            server.send(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"clientInfo\":\"canary\"}}");
            server.initialize("canary");
            server.send("{\"jsonrpc\":\"2.0\",\"id\":\"canary\",\"result\":\"canary\"}");
            server.send("{\"jsonrpc\":\"2.0\",\"method\":\"canary\",\"params\":{\"canary\":\"canary\"}}");
            server.send(
                    "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"logging/setLevel\",\"params\":{\"level\":\"canary\"}}");
            server.call(3, "manage_secrets", "\"canary\"");
            server.call(4, "canary", "{\"value\":\"canary\"}");
            server.send("{\"value\": canary}");
            server.closeInput();

            assertThat(server.exitCode(END_SECONDS)).isZero();
            assertThat(server.standardError()).doesNotContain("canary").isEmpty();
        }
    }

    private static void stillAnswers(ServerProcess server) {
        server.send(PING);
        assertThat(server.receive().get("id").asString()).isEqualTo("p");
    }

    private static String create(String name, String value) {
        return "{\"action\":\"create\",\"name\":\"" + name + "\",\"value\":\"" + value + "\"}";
    }

    private static byte[] withoutLineFeeds(byte[] garbage) {
        for (int at = 0; at < garbage.length; at++) {
            garbage[at] = garbage[at] == '\n' ? (byte) 'n' : garbage[at];
        }
        byte[] line = Arrays.copyOf(garbage, garbage.length + 1);
        line[garbage.length] = '\n';
        return line;
    }
}
