package dev.chatelaine.gateway.quirk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.provider.Catalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    private static FittedRequest fit(String provider, String request) {
        return FittedRequest.of(json(request), CATALOG.provider(provider).quirks());
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }
}
