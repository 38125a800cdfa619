package dev.chatelaine.bench.gateway;

import dev.chatelaine.bench.process.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sets up the ways to a provider. */
final class Ways {
    /** In a provider's shape; opens nothing. */
    private static final String PROVIDER_KEY = "sk-proj-" + "0".repeat(48);

    private static final Pattern GATEWAY_KEY = Pattern.compile("\"key\":\"(ck_[^\"]+)\"");
    private static final String MODEL = "gpt-4.1-mini";

    private final Path checkout;
    private final Path folder;
    private final URI upstream;

    Ways(Path checkout, Path folder, URI upstream) {
        this.checkout = checkout;
        this.folder = folder;
        this.upstream = upstream;
    }

    /** No gateway. */
    Way direct() {
        return new Way("direct", upstream + "/v1", bearer(PROVIDER_KEY), MODEL, null);
    }

    /** nginx, which passes on what comes. */
    Way nginx() throws IOException {
        int port = freePort();
        Path own = Files.createDirectory(folder.resolve("nginx"));
        Path configuration = Files.writeString(own.resolve("nginx.conf"), """
                worker_processes auto;
                pid nginx.pid;
                error_log stderr error;
                events { worker_connections 4096; }
                http {
                  access_log off;
                  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                  keepalive_requests 1000000;
                  upstream provider { server %s; keepalive 512; keepalive_requests 1000000; }
                  server {
                    listen 127.0.0.1:%d;
                    location / {
                      proxy_pass http://provider;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_buffering off;
                    }
                  }
                }
                """.formatted(upstream.getAuthority(), port));
        List<String> command = List.of(
                "nginx", "-p", own.toString(), "-c", configuration.toString(), "-g", "daemon off;", "-e", "stderr");
        URI address = URI.create("http://127.0.0.1:" + port);
        Running running = Running.listening(own, Map.of(), command, address);
        return new Way("nginx", address + "/v1", bearer(PROVIDER_KEY), MODEL, running);
    }

    /** The peer, which is told the provider's key with each request. */
    Way portkey() throws IOException {
        Path program = checkout.resolve("benchmarks/gateway/node_modules/@portkey-ai/gateway/build/start-server.js");
        if (!Files.exists(program)) {
            throw new IllegalStateException("Run npm ci in benchmarks/gateway first.");
        }
        int port = freePort();
        Path own = Files.createDirectory(folder.resolve("portkey"));
        URI address = URI.create("http://127.0.0.1:" + port);
        List<String> command = List.of("node", program.toString(), "--headless", "--port=" + port);
        Running running = Running.listening(
                own, Map.of("NODE_ENV", "production", "TRUSTED_CUSTOM_HOSTS", "127.0.0.1"), command, address);
        Map<String, String> headers = Map.of(
                "Authorization", "Bearer " + PROVIDER_KEY,
                "x-portkey-provider", "openai",
                "x-portkey-custom-host", upstream + "/v1");
        return new Way("portkey", address + "/v1", headers, MODEL, running);
    }

    /** The product: a gateway key with a cap, and the tenant's own key in the vault. */
    Way chatelaine() throws IOException, InterruptedException {
        Path own = Files.createDirectory(folder.resolve("chatelaine"));
        Path catalog = Files.writeString(
                own.resolve("catalog.yaml"), "providers:\n  openai: { base_url: \"" + upstream + "/v1\" }\n");
        Map<String, String> environment = Map.of(
                "CHATELAINE_HOME", own.resolve("home").toString(),
                "CHATELAINE_CATALOG", catalog.toString(),
                "CHATELAINE_PRIVATE_ENDPOINTS", upstream.getAuthority());
        String launcher = checkout.resolve("chatelaine").toString();
        Running.said(own, environment, List.of(launcher, "tenant", "create", "bench", "--plan", "pro"));
        String token = Running.said(
                own,
                environment,
                List.of(launcher, "--tenant", "bench", "token", "--subject", "bench", "--role", "owner"));
        Running running = Running.start(own, environment, List.of(launcher, "serve", "--port", "0"));
        try {
            Map<String, String> headers = bearer(gatewayKey(running.address() + "/api", token));
            return new Way("chatelaine", running.address() + "/v1", headers, "openai/" + MODEL, running);
        } catch (IOException | RuntimeException e) {
            running.close();
            throw e;
        }
    }

    private static String gatewayKey(String api, String token) throws IOException, InterruptedException {
        post(api + "/secrets", token, "{\"name\":\"provider_key_openai\",\"value\":\"" + PROVIDER_KEY + "\"}");
        Matcher key = GATEWAY_KEY.matcher(
                post(api + "/v1/gateway-keys", token, "{\"name\":\"bench\",\"spend_cap_micro_usd\":100000000000}"));
        if (!key.find()) {
            throw new IllegalStateException("There is no gateway key.");
        }
        return key.group(1);
    }

    private static Map<String, String> bearer(String key) {
        return Map.of("Authorization", "Bearer " + key);
    }

    private static String post(String to, String token, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(to))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(answer.statusCode() + " at " + to);
        }
        return answer.body();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
