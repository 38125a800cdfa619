package dev.chatelaine.gateway.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Wherever a stream is cut, its events are the same. */
class SseCutsTest {
    private static final List<String> PIECES = List.of(
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
    private static final List<String> CHARACTERS = List.of("a", "b", ":", " ", "ü", "😀", "{", "}", "\"", "\n");
    private static final List<String> NAMES = List.of("message_start", "error", "ping");

    @Test
    void eventsDoNotDependOnCuts() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            byte[] bytes = stream(random);
            List<Integer> cuts =
                    random.ints(random.nextInt(21), 0, bytes.length + 1).boxed().toList();

            assertThat(SseParserTest.inPieces(bytes, cuts)).as("seed %d", seed).isEqualTo(whole(bytes));
        }
    }

    @Test
    void everyByteByItselfGivesTheSameEvents() {
        for (long seed = 0; seed < 200; seed++) {
            byte[] bytes = stream(new Random(seed));
            List<Integer> cuts = IntStream.range(0, bytes.length).boxed().toList();

            assertThat(SseParserTest.inPieces(bytes, cuts)).as("seed %d", seed).isEqualTo(whole(bytes));
        }
    }

    @Test
    void whatIsWrittenIsRead() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<SseEvent> events = Stream.generate(() -> event(random))
                    .limit(random.nextInt(11))
                    .toList();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (SseEvent event : events) {
                stream.writeBytes(SseWriter.keepAlive());
                stream.writeBytes(SseWriter.write(event));
            }

            assertThat(whole(stream.toByteArray())).as("seed %d", seed).isEqualTo(events);
        }
    }

    private static List<SseEvent> whole(byte[] stream) {
        return SseParserTest.inPieces(stream, List.of());
    }

    private static byte[] stream(Random random) {
        return SseParserTest.bytes(some(PIECES, 60, random));
    }

    private static SseEvent event(Random random) {
        String name = random.nextBoolean() ? null : one(NAMES, random);
        return new SseEvent(name, some(CHARACTERS, 40, random));
    }

    private static String some(List<String> of, int atMost, Random random) {
        return Stream.generate(() -> one(of, random))
                .limit(random.nextInt(atMost + 1))
                .collect(Collectors.joining());
    }

    private static String one(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
