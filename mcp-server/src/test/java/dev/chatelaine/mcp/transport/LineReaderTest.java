package dev.chatelaine.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    @Test
    void splitsAtLineFeedsAndToleratesCarriageReturns() throws Exception {
        LineReader lines = reader("one\ntwo\r\n\nfour\n", 10);

        assertThat(lines.next()).asString().isEqualTo("one");
        assertThat(lines.next()).asString().isEqualTo("two");
        assertThat(lines.next()).isEmpty();
        assertThat(lines.next()).asString().isEqualTo("four");
        assertThat(lines.next()).isNull();
    }

    @Test
    void dropsWhatTheInputEndsIn() throws Exception {
        LineReader lines = reader("whole\npart", 10);

        assertThat(lines.next()).asString().isEqualTo("whole");
        assertThat(lines.next()).isNull();
    }

    @Test
    void refusesALongLineOnceAndReadsTheNext() throws Exception {
        LineReader lines = reader("12345\n123456\n" + "x".repeat(200_000) + "\nnext\n", 5);

        assertThat(lines.next()).asString().isEqualTo("12345");
        assertThatThrownBy(lines::next).isInstanceOf(LineTooLongException.class);
        assertThatThrownBy(lines::next).isInstanceOf(LineTooLongException.class);
        assertThat(lines.next()).asString().isEqualTo("next");
    }

    @Test
    void refusesALineBeforeItHasAnEnd() {
        LineReader lines = new LineReader(endless(), 1_000_000);

        assertThatThrownBy(lines::next).isInstanceOf(LineTooLongException.class);
    }

    @Test
    void putsALineTogetherThatArrivesByteByByte() throws Exception {
        InputStream slow = new ByteArrayInputStream("slow\nline\n".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(length, 1));
            }
        };
        LineReader lines = new LineReader(slow, 10);

        assertThat(lines.next()).asString().isEqualTo("slow");
        assertThat(lines.next()).asString().isEqualTo("line");
    }

    @Test
    void keepsLongLinesApart() throws Exception {
        LineReader lines = reader("a".repeat(70_000) + "\n" + "b".repeat(70_000) + "\n", 100_000);

        assertThat(lines.next()).asString().isEqualTo("a".repeat(70_000));
        assertThat(lines.next()).asString().isEqualTo("b".repeat(70_000));
    }

    private static LineReader reader(String text, int limit) {
        return new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), limit);
    }

    private static InputStream endless() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return 'x';
            }
        };
    }
}
