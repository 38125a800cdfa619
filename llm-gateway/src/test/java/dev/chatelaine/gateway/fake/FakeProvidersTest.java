package dev.chatelaine.gateway.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.failure.ErrorSigns;
import dev.chatelaine.gateway.failure.FailureCategory;
import dev.chatelaine.gateway.failure.FailureTable;
import dev.chatelaine.gateway.money.Usage;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.provider.PrivateEndpoints;
import dev.chatelaine.vault.provider.Provider;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What every fake keeps, asked in OpenAI's shape as the gateway fits it to its provider. */
class FakeProvidersTest {
    private static final FakeProviders FAKES = FakeProviders.start();
    private static final String HELLO = """
        {"messages":[{"role":"system","content":"be brief"},{"role":"user","content":"two words"}]}""";
    private static final String TOOLS = """
        "tools":[{"type":"function","function":{"name":"weather","parameters":{"type":"object",
          "properties":{"city":{"type":"string"},"days":{"type":"integer"}},"required":["city"]}}},
         {"type":"function","function":{"name":"clock","parameters":{"type":"object","properties":{}}}}]""";
    private static final String PICTURE = "data:image/png;base64,iVBORw0KGgo=";

    private final FakeClient client = new FakeClient();

    static List<String> ids() {
        return FAKES.all().stream().map(FakeProvider::id).toList();
    }

    static Stream<String> withKey() {
        return ids().stream().filter(id -> !id.equals("ollama"));
    }

    static Stream<String> withSchemasAndImages() {
        return ids().stream().filter(id -> !id.equals("deepseek"));
    }

    /** xAI's models refuse them. */
    static Stream<String> withStops() {
        return ids().stream().filter(id -> !id.equals("grok"));
    }

    @AfterEach
    void forget() {
        FAKES.all().forEach(FakeProvider::reset);
    }

    @AfterAll
    static void close() {
        FAKES.close();
    }

    @Test
    void thereIsOneForEachProviderOfTheCatalogue() {
        assertThat(Catalog.builtIn().providers())
                .filteredOn(provider -> provider.baseUrl() != null)
                .extracting(provider -> provider.id().value())
                .containsExactlyInAnyOrderElementsOf(ids());
    }

    @Test
    void theCatalogueLeadsToThem(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("catalog.yaml"), FAKES.catalog());
        Catalog catalog = Catalog.load(file);
        EndpointPolicy policy = new EndpointPolicy(false, PrivateEndpoints.parse(FAKES.endpoints()));

        for (FakeProvider fake : FAKES.all()) {
            Provider provider = catalog.provider(fake.id());
            assertThat(provider.baseUrl()).isEqualTo(fake.baseUrl());
            assertThat(policy.check(fake.baseUrl())).isEqualTo(fake.baseUrl());
            assertThat(provider.quirks()).isEqualTo(fake.provider().quirks());
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void answersWithWhatItHeardAndWhatItUsed(String id) {
        FakeClient.Reply reply = client.ask(FAKES.get(id), HELLO);

        assertThat(reply.status()).as(reply.raw()).isEqualTo(200);
        assertThat(reply.message().path("content").asString()).isEqualTo("heard: two words");
        assertThat(reply.message().path("role").asString()).isEqualTo("assistant");
        assertThat(finish(reply.chat())).isEqualTo("stop");
        assertThat(reply.chat().path("object").asString()).isEqualTo("chat.completion");
        assertThat(reply.chat().path("model").asString())
                .isEqualTo(FAKES.get(id).model());
        Usage usage = Objects.requireNonNull(Usage.fromChat(reply.chat().path("usage")));
        assertThat(usage.prompt()).isEqualTo(4);
        assertThat(usage.completion()).isEqualTo(id.equals("grok") ? 3 + Tokens.REASONING : 3);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void streamsTheSame(String id) {
        List<JsonNode> chunks = client.stream(FAKES.get(id), HELLO);

        assertThat(contents(chunks)).isEqualTo("heard: two words");
        assertThat(chunks).filteredOn(FakeProvidersTest::speaks).hasSizeGreaterThanOrEqualTo(3);
        assertThat(chunks)
                .filteredOn(chunk -> !finish(chunk).isEmpty())
                .singleElement()
                .satisfies(chunk -> assertThat(finish(chunk)).isEqualTo("stop"));
        JsonNode told = chunks.get(chunks.size() - 1).path("usage");
        JsonNode whole = client.ask(FAKES.get(id), HELLO).chat().path("usage");
        assertThat(Usage.fromChat(told)).isEqualTo(Usage.fromChat(whole)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void callsAToolAndReadsItsResult(String id) {
        String question = "{\"role\":\"user\",\"content\":\"Paris\"}";
        FakeClient.Reply reply = client.ask(FAKES.get(id), "{\"messages\":[" + question + "]," + TOOLS + "}");

        assertThat(reply.status()).as(reply.raw()).isEqualTo(200);
        assertThat(finish(reply.chat())).isEqualTo("tool_calls");
        JsonNode call = reply.message().path("tool_calls").path(0);
        assertThat(call.path("type").asString()).isEqualTo("function");
        assertThat(call.path("function").path("name").asString()).isEqualTo("weather");
        assertThat(arguments(call)).isEqualTo(Json.object().put("city", "Paris").put("days", 7));

        FakeClient.Reply after = client.ask(
                FAKES.get(id),
                "{\"messages\":[" + question + ",{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[" + call
                        + "]},{\"role\":\"tool\",\"tool_call_id\":" + call.path("id")
                        + ",\"content\":\"it rains\"}]," + TOOLS + "}");
        assertThat(after.status()).as(after.raw()).isEqualTo(200);
        assertThat(after.message().path("content").asString()).isEqualTo("tool said: it rains");
    }

    @ParameterizedTest
    @MethodSource("ids")
    void callsTwoToolsInAStream(String id) {
        List<JsonNode> chunks =
                client.stream(FAKES.get(id), "{\"messages\":[{\"role\":\"user\",\"content\":\"both\"}]," + TOOLS + "}");

        assertThat(joined(chunks, 0, "name")).isEqualTo("weather");
        assertThat(Json.parse(joined(chunks, 0, "arguments")))
                .contains(Json.object().put("city", "both").put("days", 7));
        assertThat(joined(chunks, 1, "name")).isEqualTo("clock");
        assertThat(joined(chunks, 1, "arguments")).isEqualTo("{}");
        assertThat(chunks).anySatisfy(chunk -> assertThat(finish(chunk)).isEqualTo("tool_calls"));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void callsTheToolThatIsAskedForAndNoneWhereNoneIs(String id) {
        String start = "{\"messages\":[{\"role\":\"user\",\"content\":\"both\"}]," + TOOLS + ",\"tool_choice\":";
        FakeClient.Reply clock =
                client.ask(FAKES.get(id), start + "{\"type\":\"function\",\"function\":{\"name\":\"clock\"}}}");
        FakeClient.Reply none = client.ask(FAKES.get(id), start + "\"none\"}");

        assertThat(clock.message().path("tool_calls"))
                .singleElement()
                .satisfies(call -> assertThat(call.path("function").path("name").asString())
                        .isEqualTo("clock"));
        assertThat(none.message().path("content").asString()).isEqualTo("heard: both");
    }

    @ParameterizedTest
    @MethodSource("withSchemasAndImages")
    void countsImages(String id) {
        String part = "{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + PICTURE + "\"}}";
        FakeClient.Reply reply = client.ask(
                FAKES.get(id),
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"look\"}," + part + ","
                        + part + "]}]}");

        assertThat(reply.message().path("content").asString()).as(reply.raw()).isEqualTo("heard: look with 2 images");
        assertThat(reply.chat().path("usage").path("prompt_tokens").asInt()).isEqualTo(1 + 2 * Tokens.IMAGE);
    }

    @ParameterizedTest
    @MethodSource("withSchemasAndImages")
    void answersByASchema(String id) {
        FakeClient.Reply reply = client.ask(FAKES.get(id), """
            {"messages":[{"role":"user","content":"Paris"}],"response_format":{"type":"json_schema","json_schema":
             {"name":"place","strict":true,"schema":{"type":"object","additionalProperties":false,
              "required":["city"],"properties":{"city":{"type":"string"}}}}}}""");

        assertThat(reply.message().path("content").asString()).as(reply.raw()).isEqualTo("{\"city\":\"Paris\"}");
    }

    @Test
    void deepSeekHasNeitherSchemasNorImages() {
        FakeProvider fake = FAKES.get("deepseek");

        assertThat(client.ask(fake, """
            {"messages":[{"role":"user","content":"x"}],"response_format":
             {"type":"json_schema","json_schema":{"name":"a","schema":{}}}}""").status()).isEqualTo(400);
        assertThat(client.ask(fake, """
            {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"%s"}}]}]}""".formatted(PICTURE)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void endsWhereItIsToldTo(String id) {
        String start = "{\"messages\":[{\"role\":\"user\",\"content\":\"one two three STOP four\"}],";
        FakeClient.Reply shortened = client.ask(FAKES.get(id), start + "\"max_completion_tokens\":2}");

        assertThat(shortened.message().path("content").asString())
                .as(shortened.raw())
                .isEqualTo("heard: one");
        assertThat(finish(shortened.chat())).isEqualTo("length");
    }

    @ParameterizedTest
    @MethodSource("withStops")
    void endsBeforeAStopSequence(String id) {
        FakeClient.Reply stopped = client.ask(FAKES.get(id), """
                {"messages":[{"role":"user","content":"one two three STOP four"}],"stop":["STOP"]}""");

        assertThat(stopped.message().path("content").asString()).isEqualTo("heard: one two three ");
        assertThat(finish(stopped.chat())).isEqualTo("stop");
    }

    @ParameterizedTest
    @MethodSource("withKey")
    void refusesAnotherKeyInSuchAWayThatItIsKnown(String id) {
        FakeProvider fake = FAKES.get(id);
        FakeClient.Reply reply = client.ask(fake, HELLO, fake.key() + "x");

        assertThat(category(fake, reply.status(), reply.raw())).isEqualTo(FailureCategory.KEY_REJECTED);
        fake.accept(fake.key() + "x");
        assertThat(client.ask(fake, HELLO, fake.key() + "x").status()).isEqualTo(200);
        fake.revoke(fake.key() + "x");
        assertThat(client.ask(fake, HELLO, fake.key() + "x").status()).isEqualTo(reply.status());
    }

    @ParameterizedTest
    @MethodSource("ids")
    void refusesAModelThatItDoesNotHave(String id) {
        FakeProvider fake = FAKES.get(id);
        FakeClient.Reply reply = client.ask(fake, """
            {"model":"no-such-model","messages":[{"role":"user","content":"x"}]}""");

        assertThat(category(fake, reply.status(), reply.raw())).isEqualTo(FailureCategory.BAD_REQUEST);
        assertThat(reply.raw()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void listsItsModels(String id) {
        FakeProvider fake = FAKES.get(id);
        HttpResponse<String> response = client.send(
                FakeClient.request(fake, "/models", fake.key()).GET().build());

        assertThat(Json.parse(response.body()).orElseThrow().path("data"))
                .anySatisfy(model -> assertThat(model.path("id").asString()).isEqualTo(fake.model()));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void embedsWhereItCan(String id) {
        FakeProvider fake = FAKES.get(id);
        String body = "{\"model\":\"" + fake.embeddingModel() + "\",\"input\":[\"two words\",\"x\"]}";
        HttpResponse<String> response = client.send(FakeClient.request(fake, "/embeddings", fake.key())
                .POST(BodyPublishers.ofString(body))
                .build());

        if (fake.embeddingModel() == null) {
            assertThat(response.statusCode()).isEqualTo(404);
            return;
        }
        JsonNode list = Json.parse(response.body()).orElseThrow();
        assertThat(list.path("data")).hasSize(2);
        assertThat(list.path("data").path(0).path("embedding").path(0).asInt()).isEqualTo(9);
        assertThat(list.path("usage").path("prompt_tokens").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void doesWhatATestSaysOnceAndRemembersWhatItWasAsked(String id) {
        FakeProvider fake = FAKES.get(id);
        fake.next(Script.answer(503, fake.errorBody(503, "busy")));

        assertThat(client.ask(fake, HELLO).status()).isEqualTo(503);
        assertThat(client.ask(fake, HELLO).status()).isEqualTo(200);
        assertThat(fake.requests()).hasSize(2);
        assertThat(fake.last().body().path("messages").toString()).contains("two words");
        assertThat(fake.last().path()).startsWith(fake.baseUrl().getPath());
    }

    private static FailureCategory category(FakeProvider fake, int status, String raw) {
        JsonNode body = Json.parse(raw).orElseThrow();
        return FailureTable.classify(
                status, ErrorSigns.of(body, raw), fake.provider().rejectionMarks());
    }

    private static JsonNode arguments(JsonNode call) {
        return Json.parse(call.path("function").path("arguments").asString()).orElseThrow();
    }

    private static boolean speaks(JsonNode chunk) {
        return !chunk.path("choices")
                .path(0)
                .path("delta")
                .path("content")
                .asString("")
                .isEmpty();
    }

    private static String finish(JsonNode answer) {
        return answer.path("choices").path(0).path("finish_reason").asString("");
    }

    private static String contents(List<JsonNode> chunks) {
        return chunks.stream()
                .map(chunk -> chunk.path("choices")
                        .path(0)
                        .path("delta")
                        .path("content")
                        .asString(""))
                .collect(Collectors.joining());
    }

    /** A part of the functions of the calls with this index, put together. */
    private static String joined(List<JsonNode> chunks, int index, String part) {
        StringBuilder text = new StringBuilder();
        for (JsonNode chunk : chunks) {
            for (JsonNode call : chunk.path("choices").path(0).path("delta").path("tool_calls")) {
                if (call.path("index").asInt(-1) == index) {
                    text.append(call.path("function").path(part).asString(""));
                }
            }
        }
        return text.toString();
    }
}
