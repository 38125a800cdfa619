package dev.chatelaine.mcp.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.serve.Served.WayIn;
import dev.chatelaine.vault.access.Role;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stopping while a provider takes its time to say whether a key is valid. */
class DrainIT {
    private static final Duration IN_ALL = Duration.ofSeconds(10);

    @TempDir
    private Path home;

    private final FakeProvider provider = new FakeProvider().thatWaits();
    private Served served;
    private @Nullable McpSyncClient client;

    @BeforeEach
    void start() {
        served = Served.in(home, Map.of("CHATELAINE_PRIVATE_ENDPOINTS", provider.endpoint()));
    }

    @AfterEach
    void stop() {
        provider.close();
        if (client != null) {
            client.close();
        }
        served.close();
    }

    private CompletableFuture<CallToolResult> callThatTakesLong(WayIn way) throws InterruptedException {
        McpSyncClient ada = served.client(way, served.token("acme", "ada", Role.OWNER));
        client = ada;
        ada.initialize();
        Served.call(
                ada,
                "configure_llm",
                Map.of(
                        "action",
                        "create",
                        "name",
                        "slow",
                        "provider",
                        "custom",
                        "model",
                        "m",
                        "base_url",
                        provider.baseUrl()));
        Served.call(ada, "configure_llm", Map.of("action", "set_key", "name", "slow", "api_key", "k-0123456789"));
        CompletableFuture<CallToolResult> answer = CompletableFuture.supplyAsync(
                () -> Served.call(ada, "configure_llm", Map.of("action", "verify", "name", "slow")));
        assertThat(provider.isAsked()).isTrue();
        return answer;
    }

    @ParameterizedTest
    @EnumSource
    void aCallUnderWayIsAnsweredFirst(WayIn way) throws Exception {
        CompletableFuture<CallToolResult> answer = callThatTakesLong(way);
        CompletableFuture<Void> closed =
                CompletableFuture.runAsync(() -> served.service().close());
        assertThat(closed.isDone()).isFalse();

        provider.let();

        assertThat(answer.get(IN_ALL.toSeconds(), TimeUnit.SECONDS).toString()).contains("status=valid");
        closed.get(IN_ALL.toSeconds(), TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatTakesTooLongIsNotWaitedFor(WayIn way) throws Exception {
        CompletableFuture<CallToolResult> answer = callThatTakesLong(way);
        URI health = served.address("/healthz");
        long began = System.nanoTime();

        served.service().close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(IN_ALL);
        assertThat(answer.isDone() && !answer.isCompletedExceptionally()).isFalse();
        assertThat(isListening(health)).isFalse();
    }

    private static boolean isListening(URI address) throws Exception {
        try {
            HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding());
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }
}
