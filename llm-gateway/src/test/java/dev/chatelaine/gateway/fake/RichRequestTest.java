package dev.chatelaine.gateway.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** A request that says everything a client of OpenAI may say is taken by every provider, once it is fitted to it. */
class RichRequestTest {
    private static final FakeProviders FAKES = FakeProviders.start();

    private static final String RICH = """
        {"messages":[
          {"role":"developer","content":"be brief"},
          {"role":"user","name":"bob","content":[{"type":"text","text":"Paris"}]},
          {"role":"assistant","content":null,"refusal":null,"annotations":[],"reasoning_content":"hm","tool_calls":[
            {"id":"call_PTLP8xhu3uwZk4l3nlnrrJha","type":"function",
             "function":{"name":"weather","arguments":"{\\"city\\":\\"Paris\\"}"}}]},
          {"role":"tool","tool_call_id":"call_PTLP8xhu3uwZk4l3nlnrrJha","content":"rain"},
          {"role":"assistant","content":"It rains.","refusal":null,"annotations":[]},
          {"role":"user","name":"bob","content":"one two three"}],
         "temperature":0.5,"top_p":0.9,"n":1,"max_completion_tokens":2,"frequency_penalty":0.1,
         "presence_penalty":0.1,"logit_bias":{"50256":-100},"logprobs":true,"top_logprobs":2,"seed":7,
         "stop":["never said"],"user":"u-1","store":false,"metadata":{"a":"b"},"service_tier":"auto",
         "modalities":["text"],"verbosity":"low","prompt_cache_key":"k","prompt_cache_retention":"24h",
         "safety_identifier":"s-1","parallel_tool_calls":true,"tool_choice":"none","reasoning_effort":"high",
         "prediction":{"type":"content","content":"x"},"web_search_options":{},
         "response_format":{"type":"text"},
         "tools":[{"type":"function","function":{"name":"weather","description":"of a city","strict":true,
           "parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],
           "additionalProperties":false}}},
          {"type":"function","function":{"name":"now","parameters":{}}}]}""";

    private final FakeClient client = new FakeClient();

    static List<String> ids() {
        return FAKES.all().stream().map(FakeProvider::id).toList();
    }

    @AfterAll
    static void close() {
        FAKES.close();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void isTaken(String id) {
        FakeClient.Reply reply = client.ask(FAKES.get(id), RICH);

        assertThat(reply.status()).as(reply.raw()).isEqualTo(200);
        assertThat(reply.message().path("content").asString())
                .as("as long as asked for")
                .isEqualTo("heard: one");
    }

    @ParameterizedTest
    @MethodSource("ids")
    void isTakenAsAStream(String id) {
        assertThat(client.stream(FAKES.get(id), RICH)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void isTakenWithTheOlderNameOfTheLongestAnswer(String id) {
        ObjectNode older = (ObjectNode) Json.parse(RICH).orElseThrow();
        older.set("max_tokens", older.remove("max_completion_tokens"));
        FakeClient.Reply reply = client.ask(FAKES.get(id), older.toString());

        assertThat(reply.message().path("content").asString()).as(reply.raw()).isEqualTo("heard: one");
    }

    @ParameterizedTest
    @MethodSource("ids")
    void isTakenByEveryModelOfTheCatalogueWhateverItSaysOfTools(String id) {
        FakeProvider fake = FAKES.get(id);
        ObjectNode request = (ObjectNode) Json.parse(RICH).orElseThrow();
        for (String choice : List.of("none", "auto", "required")) {
            for (String model : fake.models()) {
                request.put("model", model).put("tool_choice", choice);
                FakeClient.Reply reply = client.ask(fake, request.toString());
                assertThat(reply.status())
                        .as(model + " " + choice + ": " + reply.raw())
                        .isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "anthropic | claude-opus-5-5   | `temperature`:0.5",
                "anthropic | claude-haiku-5-5  | `top_p`:0.5",
                "anthropic | claude-opus-4-7   | `top_k`:4",
                "anthropic | claude-fable-5-1  | `tool_choice`:{`type`:`any`},`tools`:[{`name`:`a`,`input_schema`:{`type`:`object`}}]",
                "anthropic | claude-sonnet-5-5 | `tool_choice`:{`type`:`tool`,`name`:`a`},`tools`:[{`name`:`a`,`input_schema`:{`type`:`object`}}]",
                "openai    | gpt-5-mini        | `temperature`:0.5",
                "openai    | o3                | `top_p`:0.5",
                "openai    | o4-mini           | `logprobs`:true"
            })
    void isNotTakenAsItIsBySomeModels(String id, String model, String field) {
        FakeProvider fake = FAKES.get(id);
        String plain =
                "{\"model\":\"" + model + "\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                        + field.replace('`', '"') + "}";
        String request = fake.id().equals("openai") ? plain.replace("max_tokens", "max_completion_tokens") : plain;

        assertThat(client.send(fake, request, fake.key()).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "openai | \"fallbacks\":[]",
                "anthropic | \"max_tokens\":9,\"n\":1",
                "google | \"store\":false",
                "grok | \"presence_penalty\":0",
                "groq | \"logprobs\":true",
                "groq | \"n\":2",
                "mistral | \"stream_options\":{}",
                "cohere | \"stream_options\":{}",
                "fireworks | \"store\":false",
                "deepseek | \"n\":2"
            })
    void isNotTakenAsItIs(String id, String field) {
        FakeProvider fake = FAKES.get(id);
        String plain = "{\"model\":\"" + fake.model() + "\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                + field + "}";

        assertThat(client.send(fake, plain, fake.key()).statusCode()).isIn(400, 422);
    }
}
