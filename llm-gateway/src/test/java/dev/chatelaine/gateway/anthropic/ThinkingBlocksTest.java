package dev.chatelaine.gateway.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chatelaine.gateway.GatewayException;
import dev.chatelaine.gateway.sse.SseParser;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What was thought goes out and comes back as it was. */
class ThinkingBlocksTest {
    private static final String THOUGHTS = """
            [{"type":"thinking","thinking":"Hm, the weather.","signature":"EqQ"},
             {"type":"redacted_thinking","data":"EmwK"},
             {"type":"thinking","thinking":"","signature":"ErQ"}]""";
    private static final String USE =
            "{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"weather\",\"input\":{\"city\":\"Paris\"}}";

    private static final String STREAM = """
            data: {"type":"message_start","message":{"id":"m"}}

            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm, "}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"the weather."}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQ"}}

            data: {"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"EmwK"}}

            data: {"type":"content_block_start","index":2,"content_block":{"type":"thinking","thinking":"","signature":""}}

            data: {"type":"content_block_delta","index":2,"delta":{"type":"signature_delta","signature":"ErQ"}}

            """;

    @Test
    void theMessageOfAnAnswerCanBeSentBack() {
        ArrayNode content = ((ArrayNode) json(THOUGHTS)).add(json(USE));
        ObjectNode answer = JsonNodeFactory.instance.objectNode().set("content", content);

        JsonNode message =
                MessagesAnswer.of(answer, 0).body().path("choices").get(0).path("message");

        assertThat(sentBack(message)).isEqualTo(content);
    }

    @Test
    void thePartsOfAStreamCanBeSentBackAsTheyCame() {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("role", "assistant");
        ArrayNode parts = message.putArray("thinking_blocks");
        MessagesStream stream = new MessagesStream(0, false);
        new SseParser(10_000).feed(STREAM.getBytes(StandardCharsets.UTF_8), event -> {
            for (ObjectNode chunk : stream.chunks(json(event.data()))) {
                chunk.path("choices")
                        .get(0)
                        .path("delta")
                        .path("thinking_blocks")
                        .forEach(parts::add);
            }
        });

        assertThat(parts).hasSize(5);
        assertThat(sentBack(message)).isEqualTo(json(THOUGHTS));
    }

    @Test
    void thoughtsComeBeforeWhatWasSaidAndDone() {
        JsonNode content = sentBack(json("""
                {"role":"assistant","content":"I look.","tool_calls":[
                  {"id":"t1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Paris\\"}"}}],
                 "reasoning_content":"Hm.","thinking_blocks":[
                  {"type":"thinking","thinking":"Hm.","signature":"s","index":0,"cache_control":{"type":"ephemeral"}}]}"""));

        assertThat(content).isEqualTo(json("""
                                [{"type":"thinking","thinking":"Hm.","signature":"s"},
                                 {"type":"text","text":"I look."},
                                """ + USE + "]"));
    }

    @Test
    void noThoughtsAreNone() {
        assertThat(sentBack(json("{\"role\":\"assistant\",\"content\":\"x\",\"thinking_blocks\":null}")))
                .isEqualTo(json("[{\"type\":\"text\",\"text\":\"x\"}]"));
        assertThat(sentBack(json("{\"role\":\"assistant\",\"content\":\"x\",\"thinking_blocks\":[]}")))
                .isEqualTo(json("[{\"type\":\"text\",\"text\":\"x\"}]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | ``",
                "{\"type\":\"thinking\"} | ``",
                "\"Hm.\" | ``",
                "[1] | [0].type",
                "[{\"type\":\"text\",\"text\":\"x\"}] | [0].type",
                "[{\"type\":\"thinking\",\"thinking\":\"unsigned\"}] | ``",
                "[{\"type\":\"thinking\",\"thinking\":\"x\",\"signature\":7}] | ``",
                "[{\"type\":\"redacted_thinking\"}] | [0]",
                "[{\"type\":\"thinking\",\"thinking\":\"unsigned\"},{\"type\":\"redacted_thinking\",\"data\":\"d\"}] | [1]"
            })
    void thoughtsThatAreNotAsTheyWereAreRefusedByTheirPath(String thoughts, String path) {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> sentBack(
                        json("{\"role\":\"assistant\",\"content\":\"x\",\"thinking_blocks\":" + thoughts + "}")))
                .satisfies(e -> assertThat(e.field()).isEqualTo("messages[0].thinking_blocks" + path));
    }

    /** The content of the only message, as Anthropic gets it. */
    private static JsonNode sentBack(JsonNode message) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.putArray("messages").add(json(message.toString()));
        JsonNode body = MessagesRequest.of(request, "claude", 100, null).body();
        assertThat(body.path("messages")).hasSize(1);
        return json(body.path("messages").get(0).path("content").toString());
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
