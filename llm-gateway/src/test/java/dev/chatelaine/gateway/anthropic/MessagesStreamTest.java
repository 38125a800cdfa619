package dev.chatelaine.gateway.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.money.Usage;
import dev.chatelaine.gateway.sse.SseParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Streams as the documentation of the Messages API has them. */
class MessagesStreamTest {
    private static final String TEXT = """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[],"model":"claude-x","stop_reason":null,"usage":{"input_tokens":25,"cache_read_input_tokens":5,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: ping
            data: {"type":"ping"}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"!"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":15}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    private static final String TOOLS = """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_2","model":"claude-x","usage":{"input_tokens":9,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm."}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQ"}}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t1","name":"weather","input":{}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"city\\":"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"\\"Paris\\"}"}}

            event: content_block_start
            data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"t2","name":"now","input":{}}}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"input_tokens":9,"output_tokens":30}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    @Test
    void aTextComesInDeltas() {
        MessagesStream stream = new MessagesStream(7, false);
        List<ObjectNode> chunks = play(stream, TEXT);

        assertThat(chunks).allSatisfy(chunk -> {
            assertThat(chunk.path("id").asString()).isEqualTo("msg_1");
            assertThat(chunk.path("object").asString()).isEqualTo("chat.completion.chunk");
            assertThat(chunk.path("model").asString()).isEqualTo("claude-x");
            assertThat(chunk.path("created").asLong()).isEqualTo(7);
            assertThat(chunk.has("usage")).isFalse();
        });
        assertThat(deltas(chunks))
                .containsExactly(
                        json("{\"role\":\"assistant\",\"content\":\"\"}"),
                        json("{\"content\":\"Hello\"}"),
                        json("{\"content\":\"!\"}"),
                        json("{}"));
        assertThat(chunks.get(3).path("choices").get(0).path("finish_reason").asString())
                .isEqualTo("stop");
        assertThat(stream.usage()).isEqualTo(new Usage(30, 5, 0, 15));
        assertThat(stream.isComplete()).isTrue();
    }

    @Test
    void theUsageComesLastWhereItWasAskedFor() {
        List<ObjectNode> chunks = play(new MessagesStream(7, true), TEXT);
        ObjectNode last = chunks.get(chunks.size() - 1);

        assertThat(last.path("choices")).isEmpty();
        assertThat(last.path("usage").path("total_tokens").asInt()).isEqualTo(45);
        assertThat(chunks.subList(0, 4)).allMatch(chunk -> chunk.get("usage").isNull());
    }

    @Test
    void toolCallsAreNumberedFromZeroAndComeInParts() {
        List<ObjectNode> chunks = play(new MessagesStream(7, false), TOOLS);

        assertThat(deltas(chunks))
                .containsExactly(
                        json("{\"role\":\"assistant\",\"content\":\"\"}"),
                        json("{\"reasoning_content\":\"Hm.\",\"thinking_blocks\":[{\"index\":0,\"type\":\"thinking\","
                                + "\"thinking\":\"Hm.\",\"signature\":\"\"}]}"),
                        json("{\"thinking_blocks\":[{\"index\":0,\"type\":\"thinking\",\"thinking\":\"\","
                                + "\"signature\":\"EqQ\"}]}"),
                        json("{\"tool_calls\":[{\"index\":0,\"id\":\"t1\",\"type\":\"function\",\"function\":"
                                + "{\"name\":\"weather\",\"arguments\":\"\"}}]}"),
                        json("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"city\\\":\"}}]}"),
                        json("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\\\"Paris\\\"}\"}}]}"),
                        json("{\"tool_calls\":[{\"index\":1,\"id\":\"t2\",\"type\":\"function\",\"function\":"
                                + "{\"name\":\"now\",\"arguments\":\"\"}}]}"),
                        json("{}"));
        assertThat(chunks.get(7).path("choices").get(0).path("finish_reason").asString())
                .isEqualTo("tool_calls");
    }

    @Test
    void blocksOfThinkingAreNumberedFromZero() {
        MessagesStream stream = new MessagesStream(7, false);
        List<ObjectNode> chunks = new ArrayList<>();
        for (String event : List.of(
                "{'type':'content_block_start','index':0,'content_block':{'type':'text','text':'I see.'}}",
                "{'type':'content_block_start','index':1,'content_block':"
                        + "{'type':'thinking','thinking':'','signature':''}}",
                "{'type':'content_block_delta','index':1,'delta':{'type':'signature_delta','signature':'s1'}}",
                "{'type':'content_block_start','index':2,'content_block':{'type':'redacted_thinking','data':'EmwK'}}",
                "{'type':'content_block_start','index':3,'content_block':"
                        + "{'type':'thinking','thinking':'A','signature':'s2'}}")) {
            chunks.addAll(stream.chunks(json(event.replace('\'', '"'))));
        }

        assertThat(deltas(chunks))
                .containsExactly(
                        json("{\"content\":\"I see.\"}"),
                        json("{\"thinking_blocks\":[{\"index\":0,\"type\":\"thinking\",\"thinking\":\"\","
                                + "\"signature\":\"s1\"}]}"),
                        json("{\"thinking_blocks\":[{\"index\":1,\"type\":\"redacted_thinking\",\"data\":\"EmwK\"}]}"),
                        json("{\"reasoning_content\":\"A\",\"thinking_blocks\":[{\"index\":2,\"type\":\"thinking\","
                                + "\"thinking\":\"A\",\"signature\":\"s2\"}]}"));
    }

    @Test
    void aStreamThatIsCutOffIsNotComplete() {
        MessagesStream stream = new MessagesStream(7, true);
        play(stream, TEXT.substring(0, TEXT.indexOf("event: message_delta")));

        assertThat(stream.isComplete()).isFalse();
        assertThat(stream.usage()).isEqualTo(new Usage(30, 5, 0, 1));
    }

    @Test
    void eventsOfTomorrowAreNotInTheWay() {
        MessagesStream stream = new MessagesStream(7, false);

        assertThat(stream.chunks(json("{\"type\":\"new_event\"}"))).isEmpty();
        assertThat(stream.chunks(json("{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"new_delta\"}}")))
                .isEmpty();
        assertThat(stream.chunks(
                        json("{\"type\":\"content_block_delta\",\"index\":5,\"delta\":{\"type\":\"input_json_delta\","
                                + "\"partial_json\":\"{}\"}}")))
                .isEmpty();
    }

    private static List<ObjectNode> play(MessagesStream stream, String events) {
        List<ObjectNode> chunks = new ArrayList<>();
        new SseParser(10_000)
                .feed(
                        events.getBytes(StandardCharsets.UTF_8),
                        event -> chunks.addAll(stream.chunks(json(event.data()))));
        return chunks;
    }

    private static List<JsonNode> deltas(List<ObjectNode> chunks) {
        return chunks.stream()
                .map(chunk -> chunk.path("choices").get(0).path("delta"))
                .toList();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
