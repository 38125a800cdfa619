package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** A stream as an application reads it, event by event. */
final class StreamUnderWay {
    private static final String DATA = "data: ";

    private final HttpResponse<Stream<String>> response;
    private final Iterator<String> lines;

    StreamUnderWay(HttpResponse<Stream<String>> response) {
        this.response = response;
        this.lines = response.body().iterator();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The data of the next event, waited for. */
    String next() {
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith(DATA)) {
                return line.substring(DATA.length());
            }
        }
        throw new AssertionError("the stream has ended");
    }

    /** The data of the events that are left, waited for. */
    List<String> rest() {
        List<String> rest = new ArrayList<>();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith(DATA)) {
                rest.add(line.substring(DATA.length()));
            }
        }
        return rest;
    }

    /** Reads to the end, which has to be that of a whole answer. */
    void assertEndsWell() {
        List<String> rest = rest();
        assertThat(rest).last().isEqualTo("[DONE]");
        assertThat(rest.get(0)).contains("and the rest");
        assertThat(rest).noneMatch(event -> event.contains("\"error\""));
    }
}
