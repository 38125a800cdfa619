package dev.chatelaine.http.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An OpenID provider on the loopback interface: its discovery document and its keys, which a test may spoil. */
final class Provider implements AutoCloseable {
    /** What a path answers with. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    final AtomicInteger keyRequests = new AtomicInteger();
    volatile Answer metadata = exchange -> json(exchange, document(issuer()));
    volatile Answer keySet = exchange -> json(exchange, "{\"keys\":[]}");
    volatile String metadataPath = "/realms/acme/.well-known/openid-configuration";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private Provider(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    static Provider start() throws IOException {
        return new Provider(0);
    }

    /** At the port of one that was closed. */
    static Provider startAt(int port) throws IOException {
        return new Provider(port);
    }

    int port() {
        return server.getAddress().getPort();
    }

    String issuer() {
        return "http://127.0.0.1:" + port() + "/realms/acme";
    }

    Provider with(JWK... keys) {
        String json = new JWKSet(List.of(keys)).toString(true);
        keySet = exchange -> json(exchange, json);
        return this;
    }

    String document(String issuer) {
        return "{\"issuer\":\"" + issuer + "\",\"authorization_endpoint\":\"" + issuer
                + "/auth\",\"jwks_uri\":\"http://127.0.0.1:" + port() + "/keys\"}";
    }

    static void json(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static Answer status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/keys")) {
                keyRequests.incrementAndGet();
                keySet.to(exchange);
            } else if (path.equals(metadataPath)) {
                metadata.to(exchange);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
