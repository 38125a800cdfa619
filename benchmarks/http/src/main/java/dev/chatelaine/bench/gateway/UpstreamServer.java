package dev.chatelaine.bench.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;

/** Answers in OpenAI's shape, at the pace that a request asks for, in a process of its own. */
public final class UpstreamServer {
    private static final int THREADS = 32;
    private static final String CHUNK = "data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\","
            + "\"created\":1790000000,\"model\":\"gpt-4.1-mini-2026-04-14\",\"system_fingerprint\":\"fp_bench\",\"choices\":"
            + "[%s],\"usage\":%s}\n\n";
    private static final String USAGE = "{\"prompt_tokens\":210,\"completion_tokens\":%d,\"total_tokens\":%d,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":0}}";

    private UpstreamServer() {}

    /** Serves until it is ended, and says its address first. */
    public static void main(String[] arguments) throws Exception {
        Server server = new Server(new QueuedThreadPool(THREADS));
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory());
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws IOException {
                answer(server.getScheduler(), Content.Source.asByteBuffer(request), response, callback);
                return true;
            }
        });
        server.start();
        System.out.println("Serves at http://127.0.0.1:" + connector.getLocalPort());
        server.join();
    }

    private static void answer(Scheduler scheduler, ByteBuffer body, Response response, Callback callback) {
        String request = StandardCharsets.UTF_8.decode(body).toString();
        Pace pace = Pace.of(request);
        boolean streams = request.contains("\"stream\":true");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, streams ? "text/event-stream" : "application/json");
        List<byte[]> parts = streams ? events(pace.pieces()) : List.of(whole(pace.pieces()));
        if (!streams) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, parts.get(0).length);
        }
        Runnable send = new Parts(scheduler, pace.pauseMillis(), parts, response, callback)::iterate;
        if (pace.waitMillis() > 0) {
            scheduler.schedule(send, pace.waitMillis(), TimeUnit.MILLISECONDS);
        } else {
            send.run();
        }
    }

    private static byte[] whole(int words) {
        return bytes("{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion\",\"created\":1790000000,"
                + "\"model\":\"gpt-4.1-mini-2026-04-14\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + "\"content\":\"" + "word ".repeat(words) + "\",\"refusal\":null},\"logprobs\":null,"
                + "\"finish_reason\":\"stop\"}],\"usage\":" + usage(words) + ",\"system_fingerprint\":\"fp_bench\"}");
    }

    private static List<byte[]> events(int words) {
        List<byte[]> events = new ArrayList<>();
        for (int word = 0; word < words; word++) {
            events.add(bytes(CHUNK.formatted(choice("{\"content\":\"word \"}", "null"), "null")));
        }
        events.add(bytes(CHUNK.formatted(choice("{}", "\"stop\""), "null")));
        events.add(bytes(CHUNK.formatted("", usage(words))));
        events.add(bytes("data: [DONE]\n\n"));
        return events;
    }

    private static String choice(String delta, String reason) {
        return "{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + reason + "}";
    }

    private static String usage(int words) {
        return USAGE.formatted(words, 210 + words);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes one part after the other, each for itself, with a pause between two. */
    private static final class Parts extends IteratingCallback {
        private final Scheduler scheduler;
        private final long pause;
        private final List<byte[]> parts;
        private final Response response;
        private final Callback callback;
        private int sent;
        private boolean due = true;

        Parts(Scheduler scheduler, long pause, List<byte[]> parts, Response response, Callback callback) {
            this.scheduler = scheduler;
            this.pause = pause;
            this.parts = parts;
            this.response = response;
            this.callback = callback;
        }

        @Override
        protected Action process() {
            if (sent == parts.size()) {
                return Action.SUCCEEDED;
            }
            if (!due) {
                due = true;
                scheduler.schedule(this::iterate, pause, TimeUnit.MILLISECONDS);
                return Action.IDLE;
            }
            due = pause == 0;
            byte[] part = parts.get(sent++);
            response.write(sent == parts.size(), ByteBuffer.wrap(part), this);
            return Action.SCHEDULED;
        }

        @Override
        protected void onCompleteSuccess() {
            callback.succeeded();
        }

        @Override
        protected void onCompleteFailure(Throwable cause) {
            callback.failed(cause);
        }
    }
}
