package dev.chatelaine.mcp.gateway;

import dev.chatelaine.gateway.fake.FakeExchange;
import dev.chatelaine.gateway.fake.Script;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** A provider's stream, in OpenAI's shape, that stops after its first event until the test lets it go on to its end. */
final class PausedStream implements Script {
    /** What {@code openai/gpt-4.1-mini} takes for the stream's 10 and 50 tokens, in micro-USD. */
    static final long COST = 84;

    /** The first event, with the data's mark and the end. */
    static final String FIRST = chunk("so far", "null");

    private final CountDownLatch goingOn = new CountDownLatch(1);

    @Override
    public void play(FakeExchange exchange) throws IOException, InterruptedException {
        exchange.streamHead();
        exchange.write(FIRST);
        goingOn.await();
        exchange.write(chunk(" and the rest", "\"stop\"")
                + "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],"
                + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":50,\"total_tokens\":60}}\n\n"
                + "data: [DONE]\n\n");
        exchange.close();
    }

    void goOn() {
        goingOn.countDown();
    }

    private static String chunk(String content, String finish) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                + "[{\"index\":0,\"delta\":{\"content\":\"" + content + "\"},\"finish_reason\":" + finish + "}]}\n\n";
    }
}
