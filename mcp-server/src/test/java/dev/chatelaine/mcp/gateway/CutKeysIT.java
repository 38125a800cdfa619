package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.fake.Script;
import dev.chatelaine.mcp.gateway.Application.Answered;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Providers that say the key in a stream, a few characters in each event. */
class CutKeysIT {
    @TempDir
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @BeforeEach
    void start() throws IOException {
        service = GatewayService.in(home);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 11})
    void aKeyInPiecesEndsAnOpenAiStream(int length) {
        String key = service.provider("openai").key();

        assertBroken(streamed("openai", openAi("it is " + key, length) + "data: [DONE]\n\n"), key);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 11})
    void aKeyInPiecesEndsAnAnthropicStream(int length) {
        String key = service.provider("anthropic").key();

        assertBroken(streamed("anthropic", anthropic("it is " + key, length)), key);
    }

    @Test
    void whatOnlyBeginsAsTheKeyComesToItsEnd() {
        for (String provider : new String[] {"openai", "anthropic"}) {
            String text = "it is " + service.provider(provider).key().substring(0, 9);
            boolean openAi = provider.equals("openai");

            Answered answer = streamed(provider, openAi ? openAi(text, 3) + "data: [DONE]\n\n" : anthropic(text, 3));

            assertThat(said(answer)).isEqualTo(text);
            assertThat(answer.events()).last().isEqualTo("[DONE]");
        }
    }

    private Answered streamed(String provider, String events) {
        service.provider(provider).next(Script.cut(events));
        return service.application(service.key(provider)).stream(service.model(provider), "hello there");
    }

    private static void assertBroken(Answered answer, String key) {
        assertThat(said(answer)).startsWith("it is ").doesNotContain(key.substring(0, 4));
        assertThat(answer.events()).last().asString().contains("\"code\":\"stream_broken\"");
        assertThat(answer.text()).doesNotContain("[DONE]");
    }

    private static String said(Answered answer) {
        return answer.events().stream()
                .filter(event -> !event.equals("[DONE]"))
                .map(event -> JsonMapper.shared()
                        .readTree(event)
                        .path("choices")
                        .path(0)
                        .path("delta")
                        .path("content")
                        .asString(""))
                .collect(Collectors.joining());
    }

    private static String openAi(String text, int length) {
        return pieces(
                text,
                length,
                "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":["
                        + "{\"index\":0,\"delta\":{\"content\":\"%s\"},\"finish_reason\":null}]}\n\n");
    }

    /** The text in two blocks, which callers get as one. */
    private static String anthropic(String text, int length) {
        int half = text.length() / 2;
        return event("message_start", "\"message\":{\"id\":\"m\",\"model\":\"m\",\"usage\":{\"input_tokens\":3}}")
                + block(0, text.substring(0, half), length)
                + block(1, text.substring(half), length)
                + event("message_delta", "\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":9}")
                + event("message_stop", "\"n\":0");
    }

    private static String block(int index, String text, int length) {
        String at = "\"index\":" + index + ",";
        return event("content_block_start", at + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}")
                + pieces(
                        text,
                        length,
                        event("content_block_delta", at + "\"delta\":{\"type\":\"text_delta\",\"text\":\"%s\"}"))
                + event("content_block_stop", "\"index\":" + index);
    }

    private static String event(String type, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}\n\n";
    }

    private static String pieces(String text, int length, String event) {
        return IntStream.iterate(0, at -> at < text.length(), at -> at + length)
                .mapToObj(at -> event.replace("%s", text.substring(at, Math.min(text.length(), at + length))))
                .collect(Collectors.joining());
    }
}
