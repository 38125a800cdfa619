package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.fake.FakeProvider;
import dev.chatelaine.mcp.gateway.Application.Answered;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Anthropic's thinking: asked for in its own words, answered in those that clients know, and told back in the next turn. */
class ThinkingIT {
    private static final String THINK = ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}";
    private static final String TOOLS = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\","
            + "\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},"
            + "\"required\":[\"city\"]}}}]";

    @TempDir
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @SuppressWarnings("NullAway.Init")
    private FakeProvider anthropic;

    @SuppressWarnings("NullAway.Init")
    private Application application;

    @BeforeEach
    void start() throws IOException {
        service = GatewayService.in(home);
        anthropic = service.provider("anthropic");
        application = service.application(service.key("app"));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void itIsAskedForAndTold() {
        Answered answer = application.post("/v1/chat/completions", question(THINK));

        assertThat(answer.status()).as(answer.all()).isEqualTo(200);
        JsonNode message = answer.json().path("choices").path(0).path("message");
        assertThat(message.path("content").asString()).isEqualTo("heard: Paris");
        assertThat(message.path("reasoning_content").asString()).isNotEmpty();
        JsonNode block = message.path("thinking_blocks").path(0);
        assertThat(block.path("type").asString()).isEqualTo("thinking");
        assertThat(block.path("thinking").asString())
                .isEqualTo(message.path("reasoning_content").asString());
        assertThat(block.path("signature").asString()).isNotEmpty();
        assertThat(anthropic.last().body().has("thinking")).isTrue();
    }

    @Test
    void aStreamTellsItBeforeTheAnswer() {
        Answered whole = application.post("/v1/chat/completions", question(THINK));

        Answered answer = application.post("/v1/chat/completions", question(THINK + ",\"stream\":true"));

        List<JsonNode> deltas = answer.events().stream()
                .filter(event -> !event.equals("[DONE]"))
                .map(event -> JsonMapper.shared()
                        .readTree(event)
                        .path("choices")
                        .path(0)
                        .path("delta"))
                .toList();
        JsonNode message = whole.json().path("choices").path(0).path("message");
        assertThat(together(deltas, "reasoning_content"))
                .isEqualTo(message.path("reasoning_content").asString());
        assertThat(together(deltas, "content")).isEqualTo("heard: Paris");
        int lastThought = last(deltas, "reasoning_content");
        assertThat(lastThought).isBetween(0, last(deltas, "content") - 1);
        assertThat(deltas.toString())
                .contains(message.path("thinking_blocks")
                        .path(0)
                        .path("signature")
                        .asString());
    }

    @Test
    void theNextTurnTellsItBackAsItWas() {
        String asked = THINK + TOOLS;
        JsonNode first = application
                .post("/v1/chat/completions", question(asked))
                .json()
                .path("choices")
                .path(0)
                .path("message");
        assertThat(first.path("tool_calls")).hasSize(1);

        Answered second = application.post(
                "/v1/chat/completions",
                "{\"model\":\"" + service.model("anthropic") + "\",\"max_tokens\":3000,\"messages\":["
                        + "{\"role\":\"user\",\"content\":\"Paris\"}," + first
                        + ",{\"role\":\"tool\",\"tool_call_id\":\""
                        + first.path("tool_calls").path(0).path("id").asString()
                        + "\",\"content\":\"it rains\"}]" + asked + "}");

        assertThat(second.said()).as(second.all()).isEqualTo("tool said: it rains");
        JsonNode told = anthropic.last().body().path("messages").path(1).path("content");
        assertThat(told.path(0)).isEqualTo(first.path("thinking_blocks").path(0));
        assertThat(told.path(1).path("type").asString()).isEqualTo("tool_use");
    }

    @Test
    void openAisWordForItIsThinkingWithABudget() {
        Answered answer = application.post("/v1/chat/completions", question(",\"reasoning_effort\":\"low\""));

        assertThat(answer.said()).as(answer.all()).isEqualTo("heard: Paris");
        assertThat(answer.json()
                        .path("choices")
                        .path(0)
                        .path("message")
                        .path("reasoning_content")
                        .asString())
                .isNotEmpty();
        assertThat(answer.header("x-chatelaine-changed")).isEmpty();
        assertThat(anthropic.last().body().path("thinking"))
                .isEqualTo(JsonMapper.shared().readTree("{\"type\":\"enabled\",\"budget_tokens\":1024}"));
        assertThat(anthropic.last().body().path("max_tokens").asLong()).isEqualTo(3_000);
    }

    @Test
    void openAisWordForItIsEffortWhereAModelHasIt() {
        String question = question(",\"reasoning_effort\":\"minimal\"");

        Answered answer = application.post(
                "/v1/chat/completions", question.replace(service.model("anthropic"), "anthropic/claude-opus-5-5"));

        assertThat(answer.said()).as(answer.all()).isEqualTo("heard: Paris");
        assertThat(anthropic.last().body().path("output_config").path("effort").asString())
                .isEqualTo("low");
        assertThat(answer.header("x-chatelaine-changed")).isEqualTo("reasoning_effort");
    }

    @Test
    void whatCannotBeAskedForIsLeftOutAndTold() {
        Answered answer = application.post(
                "/v1/chat/completions",
                question(TOOLS + ",\"tool_choice\":\"required\",\"reasoning_effort\":\"high\""));

        assertThat(answer.status()).as(answer.all()).isEqualTo(200);
        assertThat(answer.header("x-chatelaine-changed")).isEqualTo("reasoning_effort");
        assertThat(anthropic.last().body().has("thinking")).isFalse();
    }

    @Test
    void whatIsNoEffortIsTheCallersMistake() {
        for (String wrong : List.of("3", "true", "\"much\"", "{}", "\"HIGH\"")) {
            Answered answer = application.post("/v1/chat/completions", question(",\"reasoning_effort\":" + wrong));

            assertThat(answer.status()).as(answer.all()).isEqualTo(400);
            assertThat(answer.json().path("error").path("param").asString()).isEqualTo("reasoning_effort");
        }
    }

    @Test
    void itsTokensAreTheAnswers() {
        Answered thought = application.post("/v1/chat/completions", question(THINK));
        Answered plain = application.post("/v1/chat/completions", question(""));

        assertThat(completion(thought)).isGreaterThan(completion(plain));
        Await.that(
                () -> service.spend("app").spent() > 0 && service.spend("app").reserved() == 0);
        assertThat(new Subscriber(service, GatewayService.OWNER).used().tokens().completion())
                .isEqualTo(completion(thought) + completion(plain));
    }

    private String question(String more) {
        return "{\"model\":\"" + service.model("anthropic")
                + "\",\"max_tokens\":3000,\"messages\":[{\"role\":\"user\",\"content\":\"Paris\"}]" + more + "}";
    }

    private static long completion(Answered answer) {
        return answer.json().path("usage").path("completion_tokens").asLong();
    }

    private static String together(List<JsonNode> deltas, String field) {
        return deltas.stream().map(delta -> delta.path(field).asString("")).collect(Collectors.joining());
    }

    private static int last(List<JsonNode> deltas, String field) {
        int last = -1;
        for (int at = 0; at < deltas.size(); at++) {
            last = deltas.get(at).path(field).asString("").isEmpty() ? last : at;
        }
        return last;
    }
}
