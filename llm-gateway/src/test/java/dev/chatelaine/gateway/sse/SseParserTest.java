package dev.chatelaine.gateway.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void linesEndInAnyOfThreeWays(String end) {
        String stream = String.join(end, "event: a", "data: 1", "data: 2", "", "data: 3", "", "");

        assertThat(parse(stream)).containsExactly(new SseEvent("a", "1\n2"), SseEvent.data("3"));
    }

    @Test
    void oneSpaceAfterTheColonIsNotPartOfTheValue() {
        assertThat(parse("data:a\n\ndata: b\n\ndata:  c\n\ndata\n\ndata:\n\n"))
                .extracting(SseEvent::data)
                .containsExactly("a", "b", " c", "", "");
    }

    @Test
    void whatIsNoEventIsDropped() {
        assertThat(parse(": comment\n\nid: 1\nretry: 5\nother: x\n\nevent: nameless\n\n"))
                .isEmpty();
    }

    @Test
    void aNameIsForgottenWithItsEvent() {
        assertThat(parse("event: a\n\ndata: 1\n\n")).containsExactly(SseEvent.data("1"));
    }

    @Test
    void oneByteOrderMarkAtTheStartIsSkipped() {
        assertThat(parse("\uFEFFdata: 1\n\n\uFEFFdata: 2\n\n")).containsExactly(SseEvent.data("1"));
    }

    @Test
    void whatDidNotEndIsNoEvent() {
        SseParser parser = new SseParser(1_000);

        assertThat(fed(parser, bytes("data: 1\n"))).isEmpty();
        assertThat(parser.isMidEvent()).isTrue();
        assertThat(fed(parser, bytes("\n"))).containsExactly(SseEvent.data("1"));
        assertThat(parser.isMidEvent()).isFalse();
        fed(parser, bytes("da"));
        assertThat(parser.isMidEvent()).isTrue();
    }

    @Test
    void brokenUtf8BecomesAReplacementCharacter() {
        byte[] broken = {'d', 'a', 't', 'a', ':', (byte) 0xC3, '\n', '\n'};

        assertThat(fed(new SseParser(100), broken)).containsExactly(SseEvent.data("\uFFFD"));
    }

    @Test
    void anEventAsLongAsTheLimitIsReadAndALongerOneRefused() {
        assertThat(fed(new SseParser(10), bytes("data: 12\n\n"))).hasSize(1);
        assertThatExceptionOfType(SseOverflowException.class)
                .isThrownBy(() -> fed(new SseParser(9), bytes("data: 12\n\n")));
        assertThatExceptionOfType(SseOverflowException.class)
                .isThrownBy(() -> fed(new SseParser(50), bytes("data: 1\n".repeat(7))));
        assertThatExceptionOfType(SseOverflowException.class)
                .isThrownBy(() -> fed(new SseParser(50), bytes(":" + "x".repeat(60))));
    }

    @Test
    void theEventsBeforeOneThatIsTooLongAreThere() {
        List<SseEvent> events = new ArrayList<>();

        assertThatExceptionOfType(SseOverflowException.class)
                .isThrownBy(() ->
                        new SseParser(20).feed(bytes("data: 1\n\ndata: 2\n\ndata: " + "x".repeat(30)), events::add));
        assertThat(events).containsExactly(SseEvent.data("1"), SseEvent.data("2"));
    }

    @Test
    void theLimitIsOfOneEventAndNotOfTheStream() {
        SseParser parser = new SseParser(20);
        List<SseEvent> events = new ArrayList<>();
        for (int round = 0; round < 100; round++) {
            events.addAll(fed(parser, bytes(": ping\n: ping\n\ndata: 1\n\n")));
        }

        assertThat(events).hasSize(100);
    }

    @Test
    void theMarkOfTheEndIsKnown() {
        assertThat(parse("data: [DONE]\n\n")).containsExactly(SseEvent.DONE).allMatch(SseEvent::isDone);
        assertThat(SseEvent.data("{}").isDone()).isFalse();
    }

    private static List<SseEvent> parse(String stream) {
        return fed(new SseParser(1_000), bytes(stream));
    }

    /** The events that these bytes complete. */
    static List<SseEvent> fed(SseParser parser, byte[] bytes) {
        List<SseEvent> events = new ArrayList<>();
        parser.feed(bytes, events::add);
        return events;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The events of a stream that is cut at these places. */
    static List<SseEvent> inPieces(byte[] stream, List<Integer> cuts) {
        SseParser parser = new SseParser(1 << 20);
        List<SseEvent> events = new ArrayList<>();
        int from = 0;
        for (int cut : cuts.stream().sorted().toList()) {
            events.addAll(fed(parser, Arrays.copyOfRange(stream, from, cut)));
            from = cut;
        }
        events.addAll(fed(parser, Arrays.copyOfRange(stream, from, stream.length)));
        return events;
    }
}
