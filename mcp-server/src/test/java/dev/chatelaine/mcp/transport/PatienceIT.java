package dev.chatelaine.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.config.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls wait for people, and no longer than their hosts do. */
@Timeout(120)
class PatienceIT {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");
    private static final PersonAsked.Patience SHORT =
            new PersonAsked.Patience(Duration.ofMillis(500), Duration.ofMillis(200), Duration.ofMillis(50));
    private static final int PIPE = 1 << 20;

    @TempDir
    private Path home;

    @Test
    void aSilentCallEndsWithThePageStillOpenAndItsUseIsToldLater() throws Exception {
        try (PipedOutputStream toServer = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(toServer, PIPE);
                PipedOutputStream out = new PipedOutputStream();
                BufferedReader fromServer = new BufferedReader(
                        new InputStreamReader(new PipedInputStream(out, PIPE), StandardCharsets.UTF_8))) {
            Settings settings = new Settings(Map.of(), Map.of("CHATELAINE_HOME", home.toString()), "Linux", home);
            CompletableFuture<Void> serving =
                    CompletableFuture.runAsync(() -> new StdioServer(settings, in, out, () -> {}, SHORT).run());
            say(toServer, """
                    {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
                    "capabilities":{"elicitation":{"url":{}}},"clientInfo":{"name":"it","version":"1"}}}""");
            hear(fromServer, "/result/serverInfo");
            say(toServer, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
            say(toServer, """
                    {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"manage_secrets",\
                    "arguments":{"action":"create","name":"db"}}}""");
            JsonNode elicited = hear(fromServer, "/params/elicitationId");
            say(toServer, "{\"jsonrpc\":\"2.0\",\"id\":" + elicited.get("id") + ",\"result\":{\"action\":\"accept\"}}");

            JsonNode answer = hear(fromServer, "/result/structuredContent");
            String url = answer.at("/result/structuredContent/entry/url").asString();
            assertThat(answer.at("/result/isError").asBoolean(false)).isFalse();
            assertThat(url).isEqualTo(elicited.at("/params/url").asString());

            enter(URI.create(url));
            JsonNode complete = hear(fromServer, "/params/elicitationId");
            assertThat(complete.get("method").asString()).isEqualTo("notifications/elicitation/complete");
            assertThat(complete.at("/params/elicitationId")).isEqualTo(elicited.at("/params/elicitationId"));
            toServer.close();
            serving.join();
        }
    }

    private static void say(PipedOutputStream toServer, String message) throws IOException {
        toServer.write((message + "\n").getBytes(StandardCharsets.UTF_8));
        toServer.flush();
    }

    /** The next message that has something there. */
    private static JsonNode hear(BufferedReader fromServer, String pointer) throws IOException {
        for (String line = fromServer.readLine(); line != null; line = fromServer.readLine()) {
            JsonNode message = JSON.readTree(line);
            if (!message.at(pointer).isMissingNode()) {
                return message;
            }
        }
        throw new AssertionError("the server said nothing more");
    }

    private static void enter(URI page) throws IOException, InterruptedException {
        HttpClient browser = HttpClient.newHttpClient();
        String form = browser.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                .body();
        Matcher token = TOKEN.matcher(form);
        assertThat(token.find()).isTrue();
        HttpRequest request = HttpRequest.newBuilder(page)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", page.resolve("/").toString().replaceAll("/$", ""))
                .POST(BodyPublishers.ofString("value=typed+late&token=" + token.group(1)))
                .build();
        assertThat(browser.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
}
