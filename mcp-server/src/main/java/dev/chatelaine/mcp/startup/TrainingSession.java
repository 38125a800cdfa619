package dev.chatelaine.mcp.startup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A stdio session like the ones that hosts hold, so that the JVM sees the classes that they need: handshake, list, and
 * a call that opens the vault. It runs in a throw-away home, with no {@code CHATELAINE_*} setting of the person's, and
 * stores nothing.
 */
final class TrainingSession {

    private static final List<String> EXCHANGE = List.of("""
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
            "capabilities":{"roots":{"listChanged":true},"elicitation":{"form":{},"url":{}}},\
            "clientInfo":{"name":"training","version":"1"}}}""", """
            {"jsonrpc":"2.0","method":"notifications/initialized"}""", """
            {"jsonrpc":"2.0","id":2,"method":"tools/list"}""", """
            {"jsonrpc":"2.0","id":3,"method":"tools/call",\
            "params":{"name":"manage_secrets","arguments":{"action":"list"}}}""", """
            {"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"list_byok_providers","arguments":{}}}""");

    private final Path home;
    private final Duration limit;

    /**
     * @param home an empty directory; the session's vault is made in it
     * @param limit how long the process may live; it is killed then
     */
    TrainingSession(Path home, Duration limit) {
        this.home = home;
        this.limit = limit;
    }

    /**
     * Holds the session with a server and waits until the server has ended, which is when the JVM writes what it learnt.
     *
     * @param command starts the server
     * @throws IOException when the server cannot be started, leaves a request without a result, or ends in failure
     */
    void hold(List<String> command) throws IOException, InterruptedException {
        Process server = start(command);
        CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
                .execute(server::destroyForcibly);
        try (Writer requests = server.outputWriter(StandardCharsets.UTF_8);
                BufferedReader answers =
                        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            for (String message : EXCHANGE) {
                requests.write(message);
                requests.write('\n');
                requests.flush();
                if (message.contains("\"id\"")) {
                    awaitResult(answers);
                }
            }
            requests.close();
            answers.lines().forEach(line -> {});
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            end(server);
        }
        if (server.exitValue() != 0) {
            throw new IOException("the server ended with status " + server.exitValue());
        }
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(home.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("CHATELAINE_"));
        builder.environment().put("CHATELAINE_HOME", home.toString());
        return builder.start();
    }

    private static void awaitResult(BufferedReader answers) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.contains("\"result\"")) {
                return;
            }
            if (line.contains("\"error\"")) {
                throw new IOException("the server refused a request of the training session");
            }
        }
        throw new IOException("the server ended before it had answered");
    }

    private void end(Process server) throws InterruptedException {
        if (!server.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            server.destroyForcibly().waitFor();
        }
    }
}
