package dev.chatelaine.bench.gateway;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an answer comes.
 *
 * @param waitMillis how long nothing comes
 * @param pieces how many words it has, each of which is an event of its own in a stream
 * @param pauseMillis how long nothing comes between two events
 */
record Pace(int waitMillis, int pieces, int pauseMillis) {
    private static final Pattern TOLD = Pattern.compile("\"user\":\"(\\d+) (\\d+) (\\d+)\"");
    private static final String PROMPT =
            "Tell me, in a few words, what a chatelaine was and what hung from it. ".repeat(12);

    /** What a request asks for. */
    static Pace of(String request) {
        Matcher told = TOLD.matcher(request);
        if (!told.find()) {
            throw new IllegalArgumentException("no pace");
        }
        return new Pace(
                Integer.parseInt(told.group(1)), Integer.parseInt(told.group(2)), Integer.parseInt(told.group(3)));
    }

    /** A request that asks for it. */
    String request(boolean streams) {
        return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"" + PROMPT
                + "\"}],\"max_tokens\":500,\"user\":\"" + waitMillis + " " + pieces + " " + pauseMillis + "\""
                + (streams ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "}");
    }
}
