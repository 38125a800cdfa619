package dev.chatelaine.mcp.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes, split at line feeds, with a bound on what is held of one line. For one thread. */
final class LineReader {
    private static final int CHUNK = 65_536;

    private final InputStream in;
    private final int limit;
    private final byte[] chunk = new byte[CHUNK];
    private ByteArrayOutputStream line = new ByteArrayOutputStream(CHUNK);
    private int position;
    private int end;
    private boolean skipping;

    /**
     * Reads from this stream.
     *
     * @param limit the most bytes that one line may have, its end not counted
     */
    LineReader(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /**
     * The next line without its end ({@code \n} or {@code \r\n}), or null at the end of input. What follows the last
     * line feed is no line: whoever wrote it did not come to its end.
     *
     * @throws LineTooLongException as soon as a line goes over the bound, once for that line
     */
    byte @Nullable [] next() throws IOException, LineTooLongException {
        while (fill()) {
            int stop = lineFeed();
            boolean complete = stop < end;
            take(stop);
            if (complete) {
                position++;
                if (!skipping) {
                    return finished();
                }
                skipping = false;
            }
        }
        return null;
    }

    private boolean fill() throws IOException {
        if (position == end) {
            position = 0;
            end = Math.max(in.read(chunk), 0);
        }
        return position < end;
    }

    private int lineFeed() {
        int at = position;
        while (at < end && chunk[at] != '\n') {
            at++;
        }
        return at;
    }

    private void take(int stop) throws LineTooLongException {
        int length = stop - position;
        int from = position;
        position = stop;
        if (skipping) {
            return;
        }
        if (line.size() + length > limit) {
            line = new ByteArrayOutputStream(CHUNK);
            skipping = true;
            throw new LineTooLongException();
        }
        line.write(chunk, from, length);
    }

    private byte[] finished() {
        byte[] bytes = line.toByteArray();
        if (bytes.length > CHUNK) {
            line = new ByteArrayOutputStream(CHUNK);
        } else {
            line.reset();
        }
        boolean carriageReturn = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return carriageReturn ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }
}
