package dev.chatelaine.gateway.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.money.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MessagesAnswerTest {
    @Test
    void anAnswerBecomesAChatCompletion() {
        MessagesAnswer answer = MessagesAnswer.of(json("""
                        {"id":"msg_1","type":"message","role":"assistant","model":"claude-haiku-4-5","content":[
                          {"type":"thinking","thinking":"Hm.","signature":"s"},
                          {"type":"text","text":"It is "},{"type":"text","text":"12 C."}],
                         "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":10,
                         "cache_creation_input_tokens":3,"cache_read_input_tokens":4,"output_tokens":5}}"""), 1_795_000_000L);

        assertThat(json(answer.body().toString())).isEqualTo(json("""
                                {"id":"msg_1","object":"chat.completion","created":1795000000,
                                 "model":"claude-haiku-4-5","choices":[{"index":0,"message":{"role":"assistant",
                                 "content":"It is 12 C.","refusal":null,"reasoning_content":"Hm.",
                                 "thinking_blocks":[{"type":"thinking","thinking":"Hm.","signature":"s"}]},
                                 "logprobs":null,
                                 "finish_reason":"stop"}],"usage":{"prompt_tokens":17,"completion_tokens":5,
                                 "total_tokens":22,"prompt_tokens_details":
                                 {"cached_tokens":4,"cache_write_tokens":3}}}"""));
        assertThat(answer.usage()).isEqualTo(new Usage(17, 4, 3, 5));
    }

    @Test
    void usesOfToolsBecomeToolCalls() {
        JsonNode message =
                MessagesAnswer.of(json("""
                                {"content":[{"type":"tool_use","id":"t1","name":"weather","input":{"city":"Paris"}}],
                                 "stop_reason":"tool_use"}"""), 0).body().path("choices").get(0);

        assertThat(message.path("finish_reason").asString()).isEqualTo("tool_calls");
        assertThat(message.path("message")).isEqualTo(json("""
                                {"role":"assistant","content":null,"refusal":null,"tool_calls":[{"id":"t1",
                                 "type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Paris\\"}"}}]}"""));
    }

    @Test
    void whatWasThoughtIsToldAsItCanBeSentBack() {
        JsonNode message = message("""
                {"content":[
                  {"type":"thinking","thinking":"First, ","signature":"s1"},
                  {"type":"redacted_thinking","data":"EmwK"},
                  {"type":"thinking","thinking":"then.","signature":"s2","of_tomorrow":1},
                  {"type":"thinking","thinking":" Unsigned."},
                  {"type":"thinking","thinking":"","signature":"s3"},
                  {"type":"tool_use","id":"t1","name":"now","input":{}}]}""");

        assertThat(message.path("reasoning_content").asString()).isEqualTo("First, then. Unsigned.");
        assertThat(message.path("thinking_blocks")).isEqualTo(json("""
                                [{"type":"thinking","thinking":"First, ","signature":"s1"},
                                 {"type":"redacted_thinking","data":"EmwK"},
                                 {"type":"thinking","thinking":"then.","signature":"s2"},
                                 {"type":"thinking","thinking":"","signature":"s3"}]"""));
    }

    @Test
    void whoDidNotThinkTellsNoThinking() {
        JsonNode message = message("{\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]}");

        assertThat(message.has("thinking_blocks")).isFalse();
        assertThat(message.has("reasoning_content")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, stop",
        "stop_sequence, stop",
        "pause_turn, stop",
        "max_tokens, length",
        "model_context_window_exceeded, length",
        "tool_use, tool_calls",
        "refusal, content_filter",
        "something_new, stop"
    })
    void whyItStoppedIsMapped(String stopReason, String finishReason) {
        assertThat(StopReasons.finishReason(stopReason)).isEqualTo(finishReason);
    }

    @Test
    void anEmptyAnswerIsAnEmptyText() {
        assertThat(message("{}").path("content")).isEqualTo(json("\"\""));
    }

    private static JsonNode message(String answer) {
        return MessagesAnswer.of(json(answer), 0).body().path("choices").get(0).path("message");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
