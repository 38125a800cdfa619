package dev.chatelaine.gateway.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chatelaine.gateway.GatewayError;
import dev.chatelaine.gateway.GatewayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MessagesRequestTest {
    @Test
    void aPlainRequestIsPlain() {
        assertThat(body("{\"model\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"))
                .isEqualTo(json("""
                                {"model":"claude","max_tokens":4096,
                                 "messages":[{"role":"user","content":[{"type":"text","text":"Hello"}]}]}"""));
    }

    @Test
    void whatTheSystemSaysIsApart() {
        JsonNode body = body("""
                {"messages":[{"role":"system","content":"Be brief."},{"role":"developer","content":[
                  {"type":"text","text":"And kind.","cache_control":{"type":"ephemeral","ttl":"1h"}}]},
                  {"role":"user","content":"Hello"}]}""");

        assertThat(body.path("system")).isEqualTo(json("""
                                [{"type":"text","text":"Be brief."},
                                 {"type":"text","text":"And kind.","cache_control":{"type":"ephemeral"}}]"""));
        assertThat(body.path("messages").size()).isEqualTo(1);
    }

    @Test
    void toolsTheirUsesAndTheirResultsAreMapped() {
        JsonNode body = body("""
                {"messages":[
                  {"role":"user","content":"Weather in Paris and Rome?"},
                  {"role":"assistant","content":"I look.","tool_calls":[
                    {"id":"c1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Paris\\"}"}},
                    {"id":"c2","type":"function","function":{"name":"weather","arguments":""}}]},
                  {"role":"tool","tool_call_id":"c1","content":"12 C"},
                  {"role":"tool","tool_call_id":"c2","content":[{"type":"text","text":"18 C"}]},
                  {"role":"user","content":"Thanks"}],
                 "tools":[{"type":"function","function":{"name":"weather","description":"Tells it",
                   "parameters":{"type":"object","properties":{"city":{"type":"string"}}}}},
                   {"type":"function","function":{"name":"now"}}]}""");

        assertThat(body.path("messages")).isEqualTo(json("""
                                [{"role":"user","content":[{"type":"text","text":"Weather in Paris and Rome?"}]},
                                 {"role":"assistant","content":[{"type":"text","text":"I look."},
                                   {"type":"tool_use","id":"c1","name":"weather","input":{"city":"Paris"}},
                                   {"type":"tool_use","id":"c2","name":"weather","input":{}}]},
                                 {"role":"user","content":[
                                   {"type":"tool_result","tool_use_id":"c1","content":"12 C"},
                                   {"type":"tool_result","tool_use_id":"c2","content":[{"type":"text","text":"18 C"}]},
                                   {"type":"text","text":"Thanks"}]}]"""));
        assertThat(body.path("tools")).isEqualTo(json("""
                                [{"name":"weather","description":"Tells it",
                                  "input_schema":{"type":"object","properties":{"city":{"type":"string"}}}},
                                 {"name":"now","input_schema":{"type":"object","properties":{}}}]"""));
        assertThat(body.has("tool_choice")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"auto\" | null | {\"type\":\"auto\"}",
                "\"required\" | null | {\"type\":\"any\"}",
                "\"none\" | false | {\"type\":\"none\"}",
                "\"required\" | false | {\"type\":\"any\",\"disable_parallel_tool_use\":true}",
                "null | false | {\"type\":\"auto\",\"disable_parallel_tool_use\":true}",
                "{\"type\":\"function\",\"function\":{\"name\":\"f\"}} | true | {\"type\":\"tool\",\"name\":\"f\"}"
            })
    void theChoiceOfToolsIsMapped(String choice, String parallel, String mapped) {
        String request =
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":[{\"function\":{\"name\":\"f\"}}],"
                        + "\"tool_choice\":" + choice + ",\"parallel_tool_calls\":" + parallel + "}";

        assertThat(body(request).path("tool_choice")).isEqualTo(json(mapped));
    }

    @Test
    void imagesAndFilesAreSources() {
        JsonNode body = body("""
                {"messages":[{"role":"user","content":[
                  {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA","detail":"high"}},
                  {"type":"image_url","image_url":{"url":"https://example.com/a.png"}},
                  {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,BBBB"}}]}]}""");

        assertThat(body.path("messages").get(0).path("content")).isEqualTo(json("""
                                [{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}},
                                 {"type":"image","source":{"type":"url","url":"https://example.com/a.png"}},
                                 {"type":"document","source":
                                   {"type":"base64","media_type":"application/pdf","data":"BBBB"}}]"""));
    }

    @Test
    void parametersAreMappedLoweredOrLeftOut() {
        MessagesRequest request = map("""
                {"messages":[{"role":"user","content":"x"}],"max_completion_tokens":9,"temperature":1.5,"top_p":0.5,
                 "stop":"END","user":"u1","stream":true,"stream_options":{"include_usage":true},"n":2,"logprobs":true,
                 "seed":null,"reasoning_effort":"low","service_tier":"flex","top_k":4,
                 "response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"type":"object"}}}}""");

        JsonNode body = request.body();
        assertThat(body.path("max_tokens").asInt()).isEqualTo(9);
        assertThat(body.path("temperature").asInt()).isEqualTo(1);
        assertThat(body.path("stop_sequences")).isEqualTo(json("[\"END\"]"));
        assertThat(body.path("metadata")).isEqualTo(json("{\"user_id\":\"u1\"}"));
        assertThat(body.path("stream").asBoolean()).isTrue();
        assertThat(body.path("top_k").asInt()).isEqualTo(4);
        assertThat(body.path("output_config"))
                .isEqualTo(json("{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}}"));
        assertThat(body.has("stream_options")).isFalse();
        assertThat(request.changed())
                .containsExactlyInAnyOrder("temperature", "top_p", "n", "logprobs", "reasoning_effort", "service_tier");
        assertThat(body.has("top_p")).as("its models take one of the two").isFalse();
    }

    @Test
    void aToolWithoutParametersIsAnObjectOfNothing() {
        JsonNode tools = body("""
                {"messages":[{"role":"user","content":"x"}],"tools":[
                  {"type":"function","function":{"name":"a","parameters":{}}},
                  {"type":"function","function":{"name":"b","parameters":{"properties":{"c":{"type":"string"}}}}}]}""").path("tools");

        assertThat(tools.path(0).path("input_schema")).isEqualTo(json("{\"type\":\"object\",\"properties\":{}}"));
        assertThat(tools.path(1).path("input_schema"))
                .isEqualTo(json("{\"type\":\"object\",\"properties\":{\"c\":{\"type\":\"string\"}}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | messages",
                "1 | messages",
                "[1] | messages[0].role",
                "[{\"role\":\"wizard\",\"content\":\"x\"}] | messages[0].role",
                "[{\"role\":\"user\"}] | messages[0].content",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"hologram\"}]}] | messages[0].content[0].type",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"http://x\"}}]}] | messages[0].content[0].image_url",
                "[{\"role\":\"system\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x\"}}]}] | messages[0].content",
                "[{\"role\":\"tool\",\"content\":\"x\"}] | messages[0].tool_call_id",
                "[{\"role\":\"assistant\",\"tool_calls\":{\"id\":\"a\"}}] | messages[0].tool_calls",
                "[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\"}]}] | messages[0].tool_calls[0]",
                "[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}] | messages[0].tool_calls[0].function.arguments"
            })
    void aMessageThatCannotBeReadIsRefusedByItsPath(String messages, String field) {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> map("{\"messages\":" + messages + "}"))
                .satisfies(e -> assertThat(e.error()).isEqualTo(GatewayError.INVALID_REQUEST))
                .satisfies(e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void toolsThatAreNoListAreRefused() {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> map("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":{\"a\":1}}"))
                .satisfies(e -> assertThat(e.field()).isEqualTo("tools"));
    }

    private static JsonNode body(String chat) {
        return json(map(chat).body().toString());
    }

    private static MessagesRequest map(String chat) {
        ObjectNode request = (ObjectNode) json(chat);
        JsonNode before = request.deepCopy();
        MessagesRequest mapped = MessagesRequest.of(request, "claude", 4_096, null);
        assertThat(request).isEqualTo(before);
        return mapped;
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
