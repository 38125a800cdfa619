package dev.chatelaine.mcp.transport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A provider that takes no key and says aloud whatever it is sent. */
final class EchoProvider implements AutoCloseable {
    private final HttpServer server;
    private final String endpoint;

    EchoProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", EchoProvider::answer);
        server.start();
        endpoint = "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The settings under which it goes for OpenAI. */
    Map<String, String> settings(Path folder) throws IOException {
        Path catalog = folder.resolve("catalog.yaml");
        Files.writeString(catalog, "providers:\n  openai: { base_url: \"http://" + endpoint + "/v1\" }\n");
        return Map.of("CHATELAINE_CATALOG", catalog.toString(), "CHATELAINE_PRIVATE_ENDPOINTS", endpoint);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] echo = String.valueOf(exchange.getRequestHeaders().entrySet()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("X-Key", String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        exchange.sendResponseHeaders(401, echo.length);
        exchange.getResponseBody().write(echo);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
