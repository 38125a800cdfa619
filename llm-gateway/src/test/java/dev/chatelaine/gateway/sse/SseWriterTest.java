package dev.chatelaine.gateway.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SseWriterTest {
    @Test
    void anEventIsWrittenAsOpenAiDoes() {
        assertThat(SseWriter.write(SseEvent.data("{}"))).asString().isEqualTo("data: {}\n\n");
        assertThat(SseWriter.write(SseEvent.DONE)).asString().isEqualTo("data: [DONE]\n\n");
        assertThat(new String(SseWriter.write(new SseEvent("error", "{}")), StandardCharsets.UTF_8))
                .isEqualTo("event: error\ndata: {}\n\n");
    }

    @Test
    void noLineEndWithinTheDataEndsTheEvent() {
        assertThat(SseParserTest.fed(new SseParser(100), SseWriter.write(SseEvent.data("a\r\n\r\nevent: b\rc\n"))))
                .containsExactly(SseEvent.data("a\n\nevent: b\nc\n"));
    }

    @Test
    void aNameIsOneLine() {
        assertThatIllegalArgumentException().isThrownBy(() -> SseWriter.write(new SseEvent("a\nb", "")));
    }

    @Test
    void anEventIsPrintedWithoutItsData() {
        assertThat(SseEvent.data("secret")).hasToString("SseEvent[name=null, 6 characters]");
    }
}
