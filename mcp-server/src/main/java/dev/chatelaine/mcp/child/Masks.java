package dev.chatelaine.mcp.child;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What is masked in the output of a child; it grows while the child runs. Values that were replaced stay masked, as far
 * as {@value #MOST_FORMER_BYTES} bytes of their forms go: then the oldest are forgotten. Safe for several threads.
 */
public final class Masks {
    static final int MOST_FORMER_BYTES = 2 * 1024 * 1024;

    /** The oldest first. */
    private final LinkedHashSet<ByteBuffer> all = new LinkedHashSet<>();

    private volatile Patterns current = new Patterns(Set.of());

    /**
     * Adds the forms of all values that are in use from now on. Output that is read after the return is masked by them.
     */
    public synchronized void add(Collection<byte[]> forms) {
        Set<ByteBuffer> used = new LinkedHashSet<>();
        forms.forEach(form -> used.add(ByteBuffer.wrap(form)));
        all.removeAll(used);
        forgetDownTo(MOST_FORMER_BYTES);
        all.addAll(used);
        current = new Patterns(all.stream().map(ByteBuffer::array).toList());
    }

    /** What finds all of them. */
    Patterns current() {
        return current;
    }

    private void forgetDownTo(int most) {
        int bytes = all.stream().mapToInt(ByteBuffer::capacity).sum();
        Iterator<ByteBuffer> oldest = all.iterator();
        while (bytes > most && oldest.hasNext()) {
            bytes -= oldest.next().capacity();
            oldest.remove();
        }
    }
}
