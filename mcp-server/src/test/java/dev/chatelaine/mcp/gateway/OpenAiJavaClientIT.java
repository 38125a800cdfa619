package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import dev.chatelaine.gateway.fake.FakeProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenAI's own Java client asks every provider through the served program, each by its fake. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiJavaClientIT {
    private final ServedGateway gateway;

    OpenAiJavaClientIT(@TempDir Path home) throws IOException {
        this.gateway = new ServedGateway(home);
    }

    @AfterAll
    void close() throws InterruptedException {
        gateway.close();
    }

    Stream<String> providers() {
        return gateway.fakes().all().stream().map(FakeProvider::id);
    }

    Stream<String> embedding() {
        return providers().filter(id -> gateway.fakes().get(id).embeddingModel() != null);
    }

    private String model(String id) {
        return ServedGateway.model(gateway.fakes().get(id));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void chats(String id) {
        try (JavaApplication application = gateway.application()) {
            ChatCompletion answer = application.chat(model(id), "two words");

            assertThat(text(answer)).isEqualTo("heard: two words");
            assertThat(answer.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
            assertThat(answer.usage().orElseThrow().promptTokens()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void chatsWithManyAtATime(String id) {
        try (JavaApplication application = gateway.application()) {
            assertThat(IntStream.range(0, 16)
                            .parallel()
                            .mapToObj(each -> text(application.chat(model(id), "question " + each))))
                    .containsExactlyElementsOf(IntStream.range(0, 16)
                            .mapToObj(each -> "heard: question " + each)
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void streams(String id) {
        try (JavaApplication application = gateway.application()) {
            JavaApplication.Streamed answer = application.stream(model(id), "two words");

            assertThat(String.join("", answer.pieces())).isEqualTo("heard: two words");
            assertThat(answer.pieces()).filteredOn(piece -> !piece.isEmpty()).hasSizeGreaterThan(2);
            assertThat(text(answer.whole())).isEqualTo("heard: two words");
            assertThat(answer.whole().usage().orElseThrow().promptTokens()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void callsToolsAndTellsTheirResults(String id) {
        try (JavaApplication application = gateway.application()) {
            String model = model(id);

            assertThat(text(application.chatWithTool(model, "Paris"))).isEqualTo("tool said: it rains in Paris");
            assertThat(text(application.streamWithTool(model, "Rome").whole()))
                    .isEqualTo("tool said: it rains in Rome");
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void answersByASchemaAndSeesPictures(String id) {
        try (JavaApplication application = gateway.application()) {
            String model = model(id);
            if (id.equals("deepseek")) {
                // It has neither, and its refusal is the caller's to see.
                assertThatExceptionOfType(BadRequestException.class)
                        .isThrownBy(() -> application.place(model, "Paris"));
                assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> application.look(model, "look"));
                return;
            }

            assertThat(application.place(model, "Paris").city).isEqualTo("Paris");
            assertThat(text(application.look(model, "look"))).isEqualTo("heard: look with 1 images");
        }
    }

    @ParameterizedTest
    @MethodSource("embedding")
    void embeds(String id) {
        try (JavaApplication application = gateway.application()) {
            assertThat(application.embed(id + "/" + gateway.fakes().get(id).embeddingModel(), "four"))
                    .startsWith(4f, 0.5f);
        }
    }

    @Test
    void listsTheModelsThatAKeyMayAsk() {
        try (JavaApplication application = gateway.application();
                JavaApplication limited = gateway.limited()) {
            assertThat(application.models()).contains("openai/gpt-4.1-mini", "anthropic/claude-haiku-4-5");
            assertThat(limited.models()).contains("openai/gpt-4.1-mini").allMatch(id -> id.startsWith("openai/"));
        }
    }

    @Test
    void whatIsRefusedIsRefusedAsTheClientKnowsIt() {
        try (JavaApplication stranger = gateway.application("ck_nobody");
                JavaApplication application = gateway.application();
                JavaApplication limited = gateway.limited();
                JavaApplication capped = gateway.capped()) {
            assertThatExceptionOfType(UnauthorizedException.class)
                    .isThrownBy(() -> stranger.chat("openai/gpt-4.1-mini", "x"));
            assertThatExceptionOfType(NotFoundException.class)
                    .isThrownBy(() -> application.chat("nobody/model", "x"))
                    .satisfies(error -> assertThat(error.code()).contains("model_unknown"));
            assertThatExceptionOfType(PermissionDeniedException.class)
                    .isThrownBy(() -> limited.chat("groq/openai/gpt-oss-20b", "x"))
                    .satisfies(error -> assertThat(error.code()).contains("model_not_allowed"));
            assertThatExceptionOfType(OpenAIServiceException.class)
                    .isThrownBy(() -> capped.chat("openai/gpt-4.1-mini", "x"))
                    .satisfies(error -> assertThat(
                                    List.of(error.statusCode(), error.code().orElse("")))
                            .containsExactly(402, "spend_cap_reached"));
        }
    }

    private static String text(ChatCompletion answer) {
        return answer.choices().get(0).message().content().orElse("");
    }
}
