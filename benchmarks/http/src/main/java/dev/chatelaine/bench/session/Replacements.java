package dev.chatelaine.bench.session;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Sessions that run with a bundle, which is replaced round by round, at one node and then at the next. */
final class Replacements {
    private static final String BUNDLE = "model-credential";
    private static final long PATIENCE_SECONDS = 120;

    private final Rest rest;
    private final Nodes nodes;
    private final List<AgentRuntime> runtimes = new ArrayList<>();
    private int rounds;

    /**
     * What came of the rounds, in nanoseconds.
     *
     * @param put from the request to the answer
     * @param frames from the answer to each session's frame
     * @param values from the request to the new value in each runtime's hands; empty where none were fetched
     */
    record Outcome(Histogram put, Histogram frames, Histogram values) {}

    /** Opens the sessions, as many at once as do not make it a storm. */
    Replacements(HttpClient client, Nodes nodes, int sessions) throws Exception {
        this.rest = new Rest(client);
        this.nodes = nodes;
        put(
                "POST",
                nodes.address(0),
                "/v1/tenants/me/secrets",
                "{\"name\":\"" + BUNDLE + "\"," + values("first") + "}");
        for (int i = 0; i < sessions; i++) {
            runtimes.add(AgentRuntime.open(client, rest, nodes.address(i), nodes.token(), BUNDLE)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
    }

    /** Replaces the bundle so many times, each when all sessions are done with the one before. */
    Outcome run(int times, boolean fetches) throws Exception {
        Outcome outcome = new Outcome(Round.histogram(), Round.histogram(), Round.histogram());
        for (int i = 0; i < times; i++) {
            String value = "sk-bench-" + rounds + "-0123456789abcdef";
            Round round = new Round(runtimes.size(), fetches, value);
            runtimes.forEach(runtime -> runtime.expect(round));
            long asked = System.nanoTime();
            put("PUT", nodes.address(rounds++), "/v1/tenants/me/secrets/" + BUNDLE, "{" + values(value) + "}");
            long answered = System.nanoTime();
            round.frames().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            outcome.put().recordValue(answered - asked);
            round.addFrames(outcome.frames(), answered);
            if (fetches) {
                round.values().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                round.addValues(outcome.values(), asked);
            }
        }
        return outcome;
    }

    private void put(String method, URI node, String path, String body) throws Exception {
        String unused =
                rest.sent(method, URI.create(node + path), nodes.token(), body).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Of three values one is another each time, as when a key is rotated. */
    private static String values(String value) {
        return "\"values\":{\"LLM_API_KEY\":\"" + value
                + "\",\"LLM_BASE_URL\":\"https://api.example.com/v1\",\"LLM_MODEL\":\"gpt-4.1-mini\"}";
    }
}
