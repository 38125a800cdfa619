package dev.chatelaine.mcp.transport;

import java.util.ArrayList;
import java.util.List;

/** The answers to one batch, which leave together. */
final class Batch implements Replies {
    private final Output output;
    private final List<byte[]> answers = new ArrayList<>();

    Batch(Output output) {
        this.output = output;
    }

    @Override
    public void add(Object answer) {
        byte[] encoded = output.encoded(answer);
        synchronized (answers) {
            answers.add(encoded);
        }
    }

    void send() {
        synchronized (answers) {
            output.addAll(answers);
        }
    }
}
