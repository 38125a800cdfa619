package dev.chatelaine.gateway.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Anthropic's own wire format, which the contract test sees through the gateway's mapping only. */
class FakeAnthropicTest {
    private static final FakeProviders FAKES = FakeProviders.start();
    private static final String START = "{\"model\":\"claude-haiku-4-5\",\"max_tokens\":2000,";
    private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"two words\"}]";

    private final FakeProvider fake = FAKES.get("anthropic");
    private final FakeClient client = new FakeClient();

    @AfterAll
    static void close() {
        FAKES.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"claude-haiku-4-5\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                START + HELLO + ",\"n\":1}",
                START + HELLO + ",\"temperature\":1.5}",
                START + HELLO + ",\"temperature\":0.5,\"top_p\":0.5}",
                START + HELLO + ",\"service_tier\":\"default\"}",
                START + HELLO + ",\"tools\":[{\"name\":\"a\",\"input_schema\":{}}]}",
                START + HELLO + ",\"tool_choice\":{\"type\":\"auto\"}}",
                START + HELLO + ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}}",
                START + "\"messages\":[]}",
                START + "\"messages\":[{\"role\":\"assistant\",\"content\":\"x\"}]}",
                START + "\"messages\":[{\"role\":\"user\",\"content\":\"\"}]}",
                START + "\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"name\":\"bob\"}]}",
                START + "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"\"}]}]}",
                START + "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\","
                        + "\"tool_use_id\":\"a\",\"content\":\"x\"}]}]}",
                START + "\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":["
                        + "{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"b\",\"input\":{}}]},"
                        + "{\"role\":\"user\",\"content\":\"y\"}]}",
                "{\"model\":\"claude-opus-4-7\",\"max_tokens\":9,\"temperature\":0.5," + HELLO + "}",
                START + HELLO + ",\"output_config\":{\"effort\":\"low\"}}",
                START + HELLO + ",\"thinking\":{\"type\":\"adaptive\"}}",
                "{\"model\":\"claude-opus-5-5\",\"max_tokens\":9,\"thinking\":{\"type\":\"disabled\"}," + HELLO + "}",
                "{\"model\":\"claude-opus-5\",\"max_tokens\":9,\"thinking\":{\"type\":\"disabled\"},"
                        + "\"output_config\":{\"effort\":\"max\"}," + HELLO + "}",
                "{\"model\":\"claude-opus-4-6\",\"max_tokens\":9,\"output_config\":{\"effort\":\"xhigh\"}," + HELLO
                        + "}",
            })
    void refusesWhatTheApiRefuses(String request) {
        HttpResponse<String> response = client.send(fake, request, fake.key());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        JsonNode body = Json.parse(response.body()).orElseThrow();
        assertThat(body.path("type").asString()).isEqualTo("error");
        assertThat(body.path("error").path("type").asString()).isEqualTo("invalid_request_error");
    }

    @Test
    void wantsItsOwnHeaders() {
        HttpResponse<String> bearer = client.send(FakeClient.request(FAKES.get("openai"), "", fake.key())
                .uri(URI.create(fake.baseUrl() + "/messages"))
                .POST(BodyPublishers.ofString(START + HELLO + "}"))
                .build());
        assertThat(bearer.statusCode()).isEqualTo(401);
        assertThat(Json.parse(bearer.body())
                        .orElseThrow()
                        .path("error")
                        .path("type")
                        .asString())
                .isEqualTo("authentication_error");

        HttpResponse<String> unversioned = client.send(HttpRequest.newBuilder(URI.create(fake.baseUrl() + "/messages"))
                .header("x-api-key", fake.key())
                .POST(BodyPublishers.ofString(START + HELLO + "}"))
                .build());
        assertThat(unversioned.statusCode()).isEqualTo(400);
    }

    @Test
    void thinksWhereItIsToldTo() {
        String request = START + HELLO + ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}}";
        JsonNode message =
                Json.parse(client.send(fake, request, fake.key()).body()).orElseThrow();

        assertThat(message.path("content").path(0).path("type").asString()).isEqualTo("thinking");
        assertThat(message.path("content").path(1).path("text").asString()).isEqualTo("heard: two words");
        assertThat(message.path("usage").path("output_tokens").asInt()).isEqualTo(3 + Tokens.REASONING);
    }

    @Test
    void writesMarkedBlocksToTheCacheAndReadsThemFromIt() {
        String request = START + "\"system\":[{\"type\":\"text\",\"text\":\"three words here\","
                + "\"cache_control\":{\"type\":\"ephemeral\"}}]," + HELLO + "}";
        JsonNode first =
                Json.parse(client.send(fake, request, fake.key()).body()).orElseThrow();
        JsonNode second =
                Json.parse(client.send(fake, request, fake.key()).body()).orElseThrow();

        assertThat(first.path("usage").path("input_tokens").asInt()).isEqualTo(2);
        assertThat(first.path("usage").path("cache_creation_input_tokens").asInt())
                .isEqualTo(3);
        assertThat(second.path("usage").path("cache_creation_input_tokens").asInt())
                .isZero();
        assertThat(second.path("usage").path("cache_read_input_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void streamsItsEventsInTheirOrder() {
        String body = client.send(fake, START + HELLO + ",\"stream\":true}", fake.key())
                .body();

        assertThat(body.lines().filter(line -> line.startsWith("event: ")).map(line -> line.substring(7)))
                .containsExactly(
                        "message_start",
                        "ping",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
    }
}
