package dev.chatelaine.http.server;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the server logs from here on. */
final class RequestLog implements AutoCloseable {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    RequestLog() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    String all() {
        return log.toString(StandardCharsets.UTF_8);
    }

    /** The lines of the request with this id, of which there is one when its answer is over. */
    List<String> of(String requestId) {
        return all().lines()
                .filter(line -> line.contains("request_id=" + requestId + " ") && line.contains(" ms="))
                .toList();
    }

    /** The line of the request with this id. */
    String line(String requestId) {
        Waiting.until("the line of " + requestId, () -> !of(requestId).isEmpty());
        return of(requestId).get(0);
    }

    @Override
    public void close() {
        System.setErr(before);
        before.print(all());
    }
}
