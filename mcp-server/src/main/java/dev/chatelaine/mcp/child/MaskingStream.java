package dev.chatelaine.mcp.child;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Passes bytes on with every occurrence of a pattern replaced by {@code ••••}, occurrences that touch or overlap by one.
 * What comes out does not depend on how what goes in is cut into pieces. Bytes that may be the beginning of an
 * occurrence are kept back until that is known; all others are passed on at once. Patterns that are added meanwhile
 * count from the next piece on, and for what is kept back. For one thread.
 */
final class MaskingStream extends OutputStream {
    private static final byte[] MASK = "••••".getBytes(StandardCharsets.UTF_8);
    private static final int SMALLEST = 64;

    private final OutputStream to;
    private final Masks masks;
    private Patterns patterns;
    /** A ring of the bytes that are kept back, and for each whether it belongs to an occurrence. */
    private byte[] kept = new byte[SMALLEST];

    private boolean[] covered = new boolean[SMALLEST];
    private int start;
    private int length;
    private int state = Patterns.START;
    /** How many bytes at the end belong to an occurrence. */
    private int coveredEnd;

    private boolean masking;

    MaskingStream(OutputStream to, Masks masks) {
        this.to = to;
        this.masks = masks;
        this.patterns = masks.current();
    }

    @Override
    public void write(int read) throws IOException {
        renew();
        pass((byte) read);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        renew();
        for (int i = offset; i < offset + count; i++) {
            pass(bytes[i]);
        }
    }

    /** Passes on what is decided; what may be the beginning of an occurrence stays. */
    @Override
    public void flush() throws IOException {
        to.flush();
    }

    /** Passes on the rest, which has no occurrence any more, and leaves the stream below open. */
    @Override
    public void close() throws IOException {
        renew();
        state = Patterns.START;
        release(length);
        to.flush();
    }

    private void pass(byte read) throws IOException {
        keep(read);
        step(read);
        release(length - patterns.depth(state));
    }

    private void step(byte read) {
        state = patterns.next(state, read);
        cover(patterns.matched(state));
    }

    /** Reads what is kept back anew, where patterns were added; what belongs to an occurrence goes on to. */
    private void renew() {
        Patterns present = masks.current();
        if (present == patterns) {
            return;
        }
        patterns = present;
        state = Patterns.START;
        coveredEnd = 0;
        int again = length;
        length = 0;
        for (int i = 0; i < again; i++) {
            length++;
            step(kept[(start + i) % kept.length]);
        }
    }

    private void keep(byte read) {
        if (length == kept.length) {
            grow();
        }
        int at = (start + length++) % kept.length;
        kept[at] = read;
        covered[at] = false;
    }

    /** Marks an occurrence that ends here; what the byte before had marked is passed over. */
    private void cover(int matched) {
        if (matched == 0) {
            coveredEnd = 0;
            return;
        }
        covered[(start + length - 1) % kept.length] = true;
        for (int back = coveredEnd + 2; back <= matched; back++) {
            covered[(start + length - back) % kept.length] = true;
        }
        coveredEnd = Math.max(matched, coveredEnd + 1);
    }

    private void release(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            if (!covered[start]) {
                to.write(kept[start]);
                masking = false;
            } else if (!masking) {
                to.write(MASK);
                masking = true;
            }
            start = (start + 1) % kept.length;
            length--;
        }
    }

    private void grow() {
        byte[] bytes = new byte[kept.length * 2];
        boolean[] marks = new boolean[kept.length * 2];
        for (int i = 0; i < length; i++) {
            bytes[i] = kept[(start + i) % kept.length];
            marks[i] = covered[(start + i) % kept.length];
        }
        kept = bytes;
        covered = marks;
        start = 0;
    }
}
