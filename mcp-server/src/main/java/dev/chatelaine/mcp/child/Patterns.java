package dev.chatelaine.mcp.child;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;

/**
 * Finds many byte patterns in one pass over a text: an automaton after A. Aho and M. Corasick, "Efficient String
 * Matching" (1975). A state is the longest end of the text read so far that some pattern begins with. Immutable.
 */
final class Patterns {
    static final int START = 0;

    private static final int NONE = -1;

    private int[] label;
    private int[] firstChild;
    private int[] sibling;
    private int[] fallback;
    private int[] depth;
    private int[] longest;
    private int states = 1;

    Patterns(Collection<byte[]> patterns) {
        int most = 1 + patterns.stream().mapToInt(pattern -> pattern.length).sum();
        label = new int[most];
        firstChild = new int[most];
        sibling = new int[most];
        fallback = new int[most];
        depth = new int[most];
        longest = new int[most];
        Arrays.fill(firstChild, NONE);
        Arrays.fill(sibling, NONE);
        patterns.forEach(this::add);
        link();
    }

    /** The state after one more byte. */
    int next(int state, byte read) {
        int from = state;
        while (true) {
            int child = child(from, read & 0xff);
            if (child != NONE) {
                return child;
            }
            if (from == START) {
                return START;
            }
            from = fallback[from];
        }
    }

    /** How many of the last bytes may still become part of a pattern, or are one. */
    int depth(int state) {
        return depth[state];
    }

    /** The length of the longest pattern that ends here, or 0. */
    int matched(int state) {
        return longest[state];
    }

    private void add(byte[] pattern) {
        int state = START;
        for (byte one : pattern) {
            int child = child(state, one & 0xff);
            state = child == NONE ? append(state, one & 0xff) : child;
        }
        longest[state] = depth[state];
    }

    private int append(int parent, int read) {
        int state = states++;
        label[state] = read;
        depth[state] = depth[parent] + 1;
        sibling[state] = firstChild[parent];
        firstChild[parent] = state;
        return state;
    }

    /** In the order of depth, so that what a state falls back to is linked before it. */
    private void link() {
        Deque<Integer> queue = new ArrayDeque<>();
        queue.add(START);
        while (!queue.isEmpty()) {
            int parent = queue.remove();
            for (int state = firstChild[parent]; state != NONE; state = sibling[state]) {
                fallback[state] = parent == START ? START : next(fallback[parent], (byte) label[state]);
                longest[state] = Math.max(longest[state], longest[fallback[state]]);
                queue.add(state);
            }
        }
    }

    private int child(int state, int read) {
        int child = firstChild[state];
        while (child != NONE && label[child] != read) {
            child = sibling[child];
        }
        return child;
    }
}
