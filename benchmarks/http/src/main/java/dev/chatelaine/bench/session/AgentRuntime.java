package dev.chatelaine.bench.session;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An agent's runtime: listens on its session's socket and, when told to, fetches the values of each update. */
final class AgentRuntime implements WebSocket.Listener {
    private final Rest rest;
    private final URI env;
    private final String token;
    private final StringBuilder text = new StringBuilder();
    private volatile @Nullable Round round;

    private AgentRuntime(Rest rest, URI env, String token) {
        this.rest = rest;
        this.env = env;
        this.token = token;
    }

    /** Opens a session at a node, and its socket; completes when the server has said hello. */
    static CompletableFuture<AgentRuntime> open(HttpClient client, Rest rest, URI node, String owner, String bundle) {
        String asked = "{\"agent\":{\"kind\":\"bench\"},\"secrets\":[\"" + bundle + "\"]}";
        return rest.sent("POST", URI.create(node + "/v1/sessions"), owner, asked)
                .thenCompose(started -> {
                    String path = "/v1/sessions/" + Rest.at(started, "/id");
                    String token = Rest.at(started, "/runtime/token");
                    AgentRuntime runtime = new AgentRuntime(rest, URI.create(node + path + "/env"), token);
                    Round hello = new Round(1, false);
                    runtime.round = hello;
                    return client.newWebSocketBuilder()
                            .header("Authorization", "Bearer " + token)
                            .buildAsync(
                                    URI.create(node.toString().replaceFirst("http", "ws") + path + "/events"), runtime)
                            .thenCompose(socket -> hello.frames())
                            .thenApply(all -> runtime);
                });
    }

    /** What the next frame counts for. */
    void expect(Round next) {
        round = next;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            text.setLength(0);
            Round now = round;
            if (now != null) {
                heard(now);
            }
        }
        socket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private void heard(Round now) {
        now.frame(System.nanoTime());
        if (now.fetches()) {
            CompletableFuture<?> unused = rest.sent("GET", env, token, "")
                    .thenAccept(values -> now.value(System.nanoTime(), Rest.at(values, "/values/LLM_API_KEY")))
                    .exceptionally(e -> {
                        now.fail(e);
                        return null;
                    });
        }
    }
}
