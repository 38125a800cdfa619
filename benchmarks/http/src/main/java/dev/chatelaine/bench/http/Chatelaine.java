package dev.chatelaine.bench.http;

import dev.chatelaine.bench.load.Scenario;
import dev.chatelaine.bench.process.Running;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.StringRequestContent;

/** A served instance with a tenant to read and one to write to, and what it is asked. */
final class Chatelaine implements AutoCloseable {
    private static final int SECRETS = 20;
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"b\",\"version\":\"1\"}}}";
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":"
            + "{\"name\":\"manage_secrets\",\"arguments\":{\"action\":\"list\"}}}";

    private final AtomicLong names = new AtomicLong();
    private final Running running;
    private final String reader;
    private final String writer;

    private Chatelaine(Running running, String reader, String writer) {
        this.running = running;
        this.reader = reader;
        this.writer = writer;
    }

    static Chatelaine start(Path checkout, Path folder, String javaOptions) {
        Map<String, String> environment =
                Map.of("CHATELAINE_HOME", folder.resolve("home").toString(), "CHATELAINE_JAVA_OPTS", javaOptions);
        List<String> tokens = new ArrayList<>();
        for (String tenant : List.of("reader", "writer")) {
            said(checkout, folder, environment, "tenant", "create", tenant, "--plan", "pro");
            tokens.add(said(
                    checkout,
                    folder,
                    environment,
                    "--tenant",
                    tenant,
                    "token",
                    "--subject",
                    "bench",
                    "--role",
                    "owner"));
        }
        Running running = Running.start(folder, environment, command(checkout, "serve", "--port", "0"));
        return new Chatelaine(running, tokens.get(0), tokens.get(1));
    }

    URI address() {
        return running.address();
    }

    String writer() {
        return writer;
    }

    /** The secrets that are read. */
    void fill(HttpClient client) throws InterruptedException, TimeoutException, ExecutionException {
        for (int i = 0; i < SECRETS; i++) {
            ContentResponse stored = create(client, reader, "seed-" + i).send();
            if (stored.getStatus() != 201) {
                throw new IllegalStateException(stored.getContentAsString());
            }
        }
    }

    List<Scenario> scenarios() {
        return List.of(read(), list(), create());
    }

    Scenario read() {
        return new Scenario(
                "REST metadata read",
                200,
                true,
                "",
                (client, number) -> () -> request(client, reader, "GET", "/api/secrets/seed-" + number % SECRETS));
    }

    Scenario create() {
        return new Scenario(
                "REST create",
                201,
                true,
                "",
                (client, number) -> () -> create(client, writer, "bench-" + names.incrementAndGet()));
    }

    Scenario list() {
        return new Scenario("MCP tools/call list", 200, true, "", this::lists);
    }

    private Supplier<Request> lists(HttpClient client, int number) {
        String session = session(client);
        return () -> message(client, LIST).headers(headers -> headers.put("Mcp-Session-Id", session));
    }

    private String session(HttpClient client) {
        try {
            return String.valueOf(
                    message(client, INITIALIZE).send().getHeaders().get("Mcp-Session-Id"));
        } catch (InterruptedException | TimeoutException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Request message(HttpClient client, String body) {
        return request(client, reader, "POST", "/mcp")
                .headers(headers -> headers.put("Accept", "application/json, text/event-stream"))
                .body(new StringRequestContent("application/json", body));
    }

    private Request create(HttpClient client, String token, String name) {
        return request(client, token, "POST", "/api/secrets")
                .body(new StringRequestContent(
                        "application/json", "{\"name\":\"" + name + "\",\"value\":\"correct-horse-battery-staple\"}"));
    }

    private Request request(HttpClient client, String token, String method, String path) {
        return client.newRequest(address() + path)
                .method(method)
                .headers(headers -> headers.put("Authorization", "Bearer " + token));
    }

    private static String said(Path checkout, Path folder, Map<String, String> environment, String... arguments) {
        return Running.said(folder, environment, command(checkout, arguments));
    }

    private static List<String> command(Path checkout, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(checkout.resolve("chatelaine").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    @Override
    public void close() {
        running.close();
    }
}
