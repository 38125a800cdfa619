package dev.chatelaine.gateway.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Wherever a stream is cut, its events are the same. */
class SseCutsTest {
    @Property(tries = 500)
    void eventsDoNotDependOnCuts(@ForAll("streams") String stream, @ForAll @Size(max = 20) List<Double> places) {
        byte[] bytes = SseParserTest.bytes(stream);
        List<Integer> cuts = places.stream()
                .map(place -> (int) (Math.abs(place % 1) * bytes.length))
                .toList();

        assertThat(SseParserTest.inPieces(bytes, cuts)).isEqualTo(SseParserTest.inPieces(bytes, List.of()));
    }

    @Property(tries = 200)
    void everyByteByItselfGivesTheSameEvents(@ForAll("streams") String stream) {
        byte[] bytes = SseParserTest.bytes(stream);
        List<Integer> cuts = new ArrayList<>();
        for (int at = 0; at < bytes.length; at++) {
            cuts.add(at);
        }

        assertThat(SseParserTest.inPieces(bytes, cuts)).isEqualTo(SseParserTest.inPieces(bytes, List.of()));
    }

    @Property(tries = 500)
    void whatIsWrittenIsRead(@ForAll("events") List<SseEvent> events) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (SseEvent event : events) {
            stream.writeBytes(SseWriter.keepAlive());
            stream.writeBytes(SseWriter.write(event));
        }

        assertThat(SseParserTest.inPieces(stream.toByteArray(), List.of())).isEqualTo(events);
    }

    @Provide
    Arbitrary<String> streams() {
        Arbitrary<String> pieces = Arbitraries.of(
                "data: {\"a\":\"ü\"}",
                "data: 😀",
                "data",
                "event: x",
                "\n",
                "\r",
                "\r\n",
                "\n\n",
                ": c",
                "\uFEFF",
                " ",
                "id: 1",
                "data: [DONE]");
        return pieces.list().ofMaxSize(60).map(list -> String.join("", list));
    }

    @Provide
    Arbitrary<List<SseEvent>> events() {
        Arbitrary<String> names =
                Arbitraries.of("message_start", "error", "ping").injectNull(0.5);
        Arbitrary<String> data =
                Arbitraries.strings().withChars("ab: ü😀{}\"\n").ofMaxLength(40).map(SseCutsTest::wellFormed);
        return Combinators.combine(names, data).as(SseEvent::new).list().ofMaxSize(10);
    }

    private static String wellFormed(String text) {
        return new String(SseParserTest.bytes(text), java.nio.charset.StandardCharsets.UTF_8);
    }
}
