package dev.chatelaine.mcp.transport;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/** The lines that go to the host, each written at once and whole. Safe for several threads. */
final class Output implements Replies {
    private final McpJsonMapper json;
    private final OutputStream out;
    private final Runnable hostGone;
    private boolean broken;

    /**
     * Writes to this stream, which nobody else may write to.
     *
     * @param hostGone called once, when the host no longer takes anything
     */
    Output(McpJsonMapper json, OutputStream out, Runnable hostGone) {
        this.json = json;
        this.out = out;
        this.hostGone = hostGone;
    }

    @Override
    public void add(Object answer) {
        write(encoded(answer));
    }

    /** Writes answers that are JSON texts already as one array, or nothing where there is none. */
    void addAll(List<byte[]> answers) {
        if (answers.isEmpty()) {
            return;
        }
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        int before = '[';
        for (byte[] answer : answers) {
            array.write(before);
            array.writeBytes(answer);
            before = ',';
        }
        array.write(']');
        write(array.toByteArray());
    }

    /** The answer as JSON; that it could not be written, where it cannot. */
    byte[] encoded(Object answer) {
        try {
            return json.writeValueAsBytes(answer);
        } catch (IOException e) {
            Object id = answer instanceof JSONRPCResponse response ? response.id() : null;
            Refusal refusal = new Refusal(id, ErrorCodes.INTERNAL_ERROR, "The answer could not be written.");
            return encoded(refusal.response());
        }
    }

    private void write(byte[] text) {
        byte[] line = Arrays.copyOf(text, text.length + 1);
        line[text.length] = '\n';
        if (!delivered(line)) {
            hostGone.run();
        }
    }

    /** False once: when the host is first found to be gone. */
    private synchronized boolean delivered(byte[] line) {
        if (broken) {
            return true;
        }
        try {
            out.write(line);
            out.flush();
            return true;
        } catch (IOException e) {
            broken = true;
            return false;
        }
    }
}
