package dev.chatelaine.mcp.gateway;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** An application on OpenAI's own Java client, of which only the base URL and the key say whom it asks. */
final class JavaApplication implements AutoCloseable {
    private static final String PICTURE = "data:image/png;base64,iVBORw0KGgo=";

    private final OpenAIClient client;

    JavaApplication(String baseUrl, String key) {
        this.client = OpenAIOkHttpClient.builder()
                .baseUrl(baseUrl)
                .apiKey(key)
                .maxRetries(0)
                .build();
    }

    /** A tool, as the client makes it from a class. */
    @JsonTypeName("weather")
    @JsonClassDescription("Tells the weather of a city")
    static final class Weather {
        public String city = "";
    }

    /** An answer in a given shape, as the client makes it from a class. */
    static final class Place {
        public String city = "";
        public int inhabitants;
    }

    /**
     * A stream as the application saw it.
     *
     * @param pieces the texts of the chunks that had one
     * @param whole what the client makes of all chunks
     */
    record Streamed(List<String> pieces, ChatCompletion whole) {}

    ChatCompletion chat(String model, String text) {
        return client.chat().completions().create(asking(model, text).build());
    }

    Streamed stream(String model, String text) {
        return stream(asking(model, text));
    }

    /** What the model says when it has seen the result of the tool that it called. */
    ChatCompletion chatWithTool(String model, String text) {
        ChatCompletionCreateParams.Builder request = asking(model, text).addTool(Weather.class);
        ChatCompletion first = client.chat().completions().create(request.build());
        return client.chat()
                .completions()
                .create(withResults(request, message(first)).build());
    }

    /** As {@link #chatWithTool}, both answers in pieces. */
    Streamed streamWithTool(String model, String text) {
        ChatCompletionCreateParams.Builder request = asking(model, text).addTool(Weather.class);
        ChatCompletion first = stream(request).whole();
        return stream(withResults(request, message(first)));
    }

    Place place(String model, String text) {
        return client
                .chat()
                .completions()
                .create(asking(model, text).responseFormat(Place.class).build())
                .choices()
                .stream()
                .flatMap(choice -> choice.message().content().stream())
                .findFirst()
                .orElseThrow();
    }

    ChatCompletion look(String model, String text) {
        ChatCompletionContentPartImage image = ChatCompletionContentPartImage.builder()
                .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder()
                        .url(PICTURE)
                        .build())
                .build();
        return client.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model(model)
                        .addUserMessageOfArrayOfContentParts(List.of(
                                ChatCompletionContentPart.ofText(ChatCompletionContentPartText.builder()
                                        .text(text)
                                        .build()),
                                ChatCompletionContentPart.ofImageUrl(image)))
                        .build());
    }

    List<Float> embed(String model, String text) {
        return client.embeddings()
                .create(EmbeddingCreateParams.builder().model(model).input(text).build())
                .data()
                .get(0)
                .embedding();
    }

    List<String> models() {
        return client.models().list().items().stream().map(Model::id).toList();
    }

    private static ChatCompletionCreateParams.Builder asking(String model, String text) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addSystemMessage("be brief")
                .addUserMessage(text)
                .maxCompletionTokens(500);
    }

    private Streamed stream(ChatCompletionCreateParams.Builder request) {
        ChatCompletionCreateParams streaming = request.build().toBuilder()
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        List<String> pieces = new ArrayList<>();
        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat().completions().createStreaming(streaming)) {
            chunks.stream()
                    .peek(whole::accumulate)
                    .forEach(chunk -> chunk.choices()
                            .forEach(choice -> choice.delta().content().ifPresent(pieces::add)));
        }
        return new Streamed(pieces, whole.chatCompletion());
    }

    private static ChatCompletionMessage message(ChatCompletion answer) {
        return answer.choices().get(0).message();
    }

    private static ChatCompletionCreateParams.Builder withResults(
            ChatCompletionCreateParams.Builder request, ChatCompletionMessage asked) {
        request.addMessage(asked);
        for (ChatCompletionMessageToolCall call : asked.toolCalls().orElseThrow()) {
            ChatCompletionMessageFunctionToolCall function = call.asFunction();
            Weather arguments = Objects.requireNonNull(function.function().arguments(Weather.class));
            request.addMessage(ChatCompletionToolMessageParam.builder()
                    .toolCallId(function.id())
                    .content("it rains in " + arguments.city)
                    .build());
        }
        return request;
    }

    @Override
    public void close() {
        client.close();
    }
}
