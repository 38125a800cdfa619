package dev.chatelaine.mcp.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A provider on the loopback interface that takes every key, as soon as it is let. */
final class FakeProvider implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;
    private static final byte[] MODELS = "{\"object\":\"list\",\"data\":[]}".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile CountDownLatch let = new CountDownLatch(0);

    FakeProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Answers nothing until it is {@link #let}. */
    FakeProvider thatWaits() {
        let = new CountDownLatch(1);
        return this;
    }

    void let() {
        let.countDown();
    }

    /** Waits for the first question. */
    boolean isAsked() throws InterruptedException {
        return asked.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Host and port, as the operator lists them. */
    String endpoint() {
        return "localhost:" + server.getAddress().getPort();
    }

    String baseUrl() {
        return "http://" + endpoint() + "/v1";
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.countDown();
        try {
            if (let.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, MODELS.length);
                exchange.getResponseBody().write(MODELS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    @Override
    public void close() {
        let();
        server.stop(0);
        threads.shutdownNow();
    }
}
