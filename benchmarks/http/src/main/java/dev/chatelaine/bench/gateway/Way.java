package dev.chatelaine.bench.gateway;

import dev.chatelaine.bench.load.Scenario;
import dev.chatelaine.bench.process.Running;
import java.util.Map;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.StringRequestContent;
import org.jspecify.annotations.Nullable;

/**
 * A way to the provider.
 *
 * @param name for the table
 * @param base the base URL
 * @param headers what a request has
 * @param model the model's name on this way
 * @param process what is on the way, if anything
 */
record Way(
        String name,
        String base,
        Map<String, String> headers,
        String model,
        @Nullable Running process) implements AutoCloseable {
    /** Chats at this pace. */
    Scenario chat(Pace pace, boolean streams) {
        return new Scenario(
                name,
                200,
                isOurs(),
                streams ? "data: [DONE]" : "}",
                (client, number) -> () -> request(client, pace, streams));
    }

    private boolean isOurs() {
        return process == null || name.equals("chatelaine");
    }

    /** Whether it is a gateway in a language that is compiled as it runs, which is at its best after minutes. */
    boolean optimisesItself() {
        return process != null && !name.equals("nginx");
    }

    /** One such chat. */
    Request request(HttpClient client, Pace pace, boolean streams) {
        return client.POST(base + "/chat/completions")
                .headers(all -> headers.forEach(all::put))
                .body(new StringRequestContent(
                        "application/json", pace.request(streams).formatted(model)));
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
