package dev.chatelaine.gateway.quirk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.ModelQuirks;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests as the providers of the built-in catalogue get them. */
class FittedRequestTest {
    private static final Catalog CATALOG = Catalog.builtIn();
    private static final String EVERYTHING = """
            {"model":"m","messages":[{"role":"user","content":"x","name":"bob"},{"role":"assistant","content":"y"}],
             "max_completion_tokens":9,"temperature":0.5,"n":3,"logprobs":true,"top_logprobs":2,"logit_bias":{},
             "seed":7,"store":false,"user":"u","service_tier":"auto","parallel_tool_calls":true,
             "tools":[{"type":"function","function":{"name":"name"}}],"new_field_of_tomorrow":{"a":1}}""";

    @Test
    void whoTakesEverythingGetsEverything() {
        FittedRequest fitted = fit("openai", EVERYTHING);

        assertThat(fitted.body()).isEqualTo(json(EVERYTHING));
        assertThat(fitted.changed()).isEmpty();
    }

    @Test
    void groqGetsNoLogprobsAndOneAnswer() {
        FittedRequest fitted = fit("groq", EVERYTHING);

        assertThat(fitted.body().has("logprobs")).isFalse();
        assertThat(fitted.body().path("n").asInt()).isEqualTo(1);
        assertThat(fitted.body().path("messages").get(0).has("name")).isFalse();
        assertThat(fitted.body().path("tools").findValue("name").asString()).isEqualTo("name");
        assertThat(fitted.body().has("new_field_of_tomorrow")).isTrue();
        assertThat(fitted.changed())
                .containsExactlyInAnyOrder("logprobs", "top_logprobs", "logit_bias", "n", "messages[].name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "groq", "mistral", "cohere", "fireworks"})
    void thinkingOfAnotherProviderIsKeptFromWhoRefusesIt(String provider) {
        FittedRequest fitted = fit(provider, """
                {"messages":[{"role":"user","content":"x"},
                 {"role":"assistant","content":"y","thinking_blocks":[{"type":"thinking","signature":"s"}]}]}""");

        assertThat(fitted.body()).isEqualTo(json("""
                {"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y"}]}"""));
        assertThat(fitted.changed()).containsExactly("messages[].thinking_blocks");
    }

    @Test
    void groqGetsNoReasoningOfBefore() {
        FittedRequest fitted = fit("groq", "{\"messages\":[{\"name\":\"a\",\"reasoning_content\":\"Hm.\"}]}");

        assertThat(fitted.body()).isEqualTo(json("{\"messages\":[{}]}"));
        assertThat(fitted.changed()).containsExactlyInAnyOrder("messages[].name", "messages[].reasoning_content");
    }

    @Test
    void anEndpointOfOnesOwnGetsAllThatWasThought() {
        String request =
                "{\"messages\":[{\"role\":\"assistant\",\"reasoning_content\":\"Hm.\",\"thinking_blocks\":[]}]}";

        assertThat(fit("custom", request).body()).isEqualTo(json(request));
    }

    @Test
    void mistralKnowsTwoFieldsByOtherNames() {
        FittedRequest fitted = fit("mistral", EVERYTHING);

        assertThat(fitted.body().path("max_tokens").asInt()).isEqualTo(9);
        assertThat(fitted.body().path("random_seed").asInt()).isEqualTo(7);
        assertThat(fitted.body().has("max_completion_tokens")).isFalse();
        assertThat(fitted.changed())
                .doesNotContain("seed", "max_completion_tokens", "n")
                .contains("store", "user");
    }

    @Test
    void aConversationThatAnotherProviderBeganGoesOnAtMistral() {
        FittedRequest fitted = fit("mistral", """
                {"messages":[{"role":"developer","content":"x"},{"role":"assistant","content":null,"refusal":null,
                  "annotations":[],"reasoning_content":"hm","tool_calls":[{"id":"call_1","type":"function"},
                  {"id":"abcDEF123","type":"function"}]},{"role":"tool","tool_call_id":"call_1","content":"y"}]}""");

        JsonNode messages = fitted.body().path("messages");
        assertThat(messages.path(0).path("role").asString()).isEqualTo("system");
        assertThat(messages.path(1).propertyNames()).containsExactly("role", "content", "tool_calls");
        JsonNode calls = messages.path(1).path("tool_calls");
        assertThat(calls.path(0).path("id").asString()).matches("[a-z0-9]{9}");
        assertThat(calls.path(0).path("type").asString()).isEqualTo("function");
        assertThat(calls.path(1).path("id").asString()).isEqualTo("abcDEF123");
        assertThat(messages.path(2).path("tool_call_id"))
                .isEqualTo(calls.path(0).path("id"));
        assertThat(fitted.changed()).containsExactly("messages[].reasoning_content");
    }

    @Test
    void idsOfCallsStayApart() {
        Set<String> seen = new HashSet<>();
        for (int each = 0; each < 10_000; each++) {
            seen.add(fit("mistral", "{\"messages\":[{\"tool_call_id\":\"call_" + each + "\"}]}")
                    .body()
                    .path("messages")
                    .path(0)
                    .path("tool_call_id")
                    .asString());
        }

        assertThat(seen).hasSize(10_000).allMatch(id -> id.matches("[a-z0-9]{9}"));
    }

    @Test
    void ofTwoNamesForTheSameTheProvidersWins() {
        assertThat(fit("mistral", "{\"max_completion_tokens\":9,\"max_tokens\":8}")
                        .body())
                .isEqualTo(json("{\"max_tokens\":8}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"openai", "google", "grok", "groq", "together", "fireworks", "deepseek", "ollama", "custom"})
    void usageOfAStreamIsAskedFor(String provider) {
        assertThat(fit(provider, "{\"stream\":true}").body().path("stream_options"))
                .isEqualTo(json("{\"include_usage\":true}"));
        assertThat(fit(provider, "{\"stream\":true,\"stream_options\":{\"a\":1,\"include_usage\":false}}")
                        .body()
                        .path("stream_options"))
                .isEqualTo(json("{\"a\":1,\"include_usage\":true}"));
        assertThat(fit(provider, "{\"stream\":false}").body().has("stream_options"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cohere", "mistral"})
    void whoCannotBeAskedForUsageIsNot(String provider) {
        FittedRequest fitted = fit(provider, "{\"stream\":true,\"stream_options\":{\"include_usage\":true}}");

        assertThat(fitted.body()).isEqualTo(json("{\"stream\":true}"));
        assertThat(fitted.changed()).isEmpty();
    }

    @Test
    void aFieldOfNothingIsNoChange() {
        assertThat(fit("groq", "{\"logprobs\":null,\"n\":1}").changed()).isEmpty();
        assertThat(fit("groq", "{\"n\":\"3\"}").body()).isEqualTo(json("{\"n\":\"3\"}"));
    }

    @Test
    void theRequestItselfIsNotChanged() {
        ObjectNode request = json(EVERYTHING);
        CATALOG.providers().forEach(provider -> FittedRequest.of(request, provider.quirks()));

        assertThat(request).isEqualTo(json(EVERYTHING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"messages\":1}", "{\"messages\":[1,{\"name\":2}]}", "{}", "{\"stream\":\"yes\"}"})
    void whatIsNoRequestIsSomebodyElsesAffair(String request) {
        CATALOG.providers()
                .forEach(provider -> assertThat(FittedRequest.of(json(request), provider.quirks())
                                .body())
                        .isNotNull());
    }

    @Test
    void whatOneModelRefusesIsLeftOutAndTold() {
        FittedRequest fitted = FittedRequest.of(json(EVERYTHING), quirks("anthropic", "claude-opus-4-7"));

        ObjectNode expected = json(EVERYTHING);
        expected.remove("temperature");
        assertThat(fitted.body()).isEqualTo(expected);
        assertThat(fitted.changed()).containsExactly("temperature");
    }

    @Test
    void aFieldOfNothingIsNoChangeForAModelEither() {
        FittedRequest fitted =
                FittedRequest.of(json("{\"temperature\":null,\"top_p\":1}"), quirks("openai", "gpt-5-mini-2025-08-07"));

        assertThat(fitted.body()).isEqualTo(json("{}"));
        assertThat(fitted.changed()).containsExactly("top_p");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"required\"", "{\"type\":\"function\",\"function\":{\"name\":\"a\"}}"})
    void aModelThatCannotBeToldToCallAToolIsLeftToDecide(String choice) {
        String request = "{\"tool_choice\":" + choice + "}";
        FittedRequest fitted = FittedRequest.of(json(request), quirks("anthropic", "claude-opus-5-5"));

        assertThat(fitted.body()).isEqualTo(json("{\"tool_choice\":\"auto\"}"));
        assertThat(fitted.changed()).containsExactly("tool_choice");
        assertThat(FittedRequest.of(json(request), quirks("anthropic", "claude-opus-5"))
                        .body())
                .isEqualTo(json(request));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"auto\"", "\"none\"", "null", "7"})
    void whatLeavesItToTheModelStays(String choice) {
        String request = "{\"tool_choice\":" + choice + "}";
        FittedRequest fitted = FittedRequest.of(json(request), quirks("anthropic", "claude-opus-5-5"));

        assertThat(fitted.body()).isEqualTo(json(request));
        assertThat(fitted.changed()).isEmpty();
    }

    private static ModelQuirks quirks(String provider, String model) {
        return CATALOG.model(CATALOG.provider(provider).id(), model)
                .orElseThrow()
                .quirks();
    }

    private static FittedRequest fit(String provider, String request) {
        return FittedRequest.of(json(request), CATALOG.provider(provider).quirks());
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }
}
