package dev.chatelaine.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.EventsClient;
import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.vault.Canary;
import dev.chatelaine.vault.FreePort;
import dev.chatelaine.vault.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Plants values in bundles, in a secret that a session refers to and in a file that is imported; has a session follow their
 * replacements; provokes the refusals along the way. Then searches every answer but the one that is for the values, every
 * frame, what the processes said, metrics, the audit, and the files of both databases with the database server's own log.
 */
class SessionCanaryIT {
    private static final Canary FIRST = new Canary("canary+first/0b5c7d2e~Zz9&flies=over%the;sea");
    private static final Canary SECOND = new Canary("canary+second/77aa1f0c~Qq3&sings=under%the;sun");
    private static final Canary SECRET = new Canary("canary+secret/e4d909c2~Yy7&sits=in%the;rain");
    private static final Canary IMPORTED = new Canary("canary+imported/3c59dc04~Ww5&runs=by%the;lake");
    private static final Canary REFUSED = new Canary("canary+refused/b6d767d2~Vv1&falls=off%the;tree");
    private static final List<Canary> ALL = List.of(FIRST, SECOND, SECRET, IMPORTED, REFUSED);

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    @SuppressWarnings("NullAway.Init") // each test begins with serve
    private ServerProcess server;

    @SuppressWarnings("NullAway.Init")
    private URI address;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void noValueOfASessionIsFoundWithSqlite() throws Exception {
        live();
        end();
        assertNowhere(folder);
    }

    @Test
    void noValueOfASessionIsFoundWithPostgresql() throws Exception {
        Path data = folder.resolve("postgresql");
        try (PostgresServer postgres = PostgresServer.start(data, FreePort.next())) {
            environment.put("CHATELAINE_DATABASE_URL", postgres.create("canary"));
            live();
            end();
        }
        assertThat(data.resolve("base")).isDirectory();
        assertNowhere(folder);
    }

    private void live() throws Exception {
        Files.createDirectories(folder.resolve("tmp"));
        run("tenant", "create", "acme", "--plan", "pro");
        server = process("serve", "--port", "0", "--metrics-port", "0");
        address = server.announced("Chatelaine serves at ");
        RestClient owner = new RestClient(address, token("owner"));
        said(owner.post("/v1/tenants/me/secrets", bundle("bot", FIRST)));
        said(owner.post("/api/secrets", "{\"name\":\"db\",\"value\":\"" + SECRET.value() + "\"}"));
        refusals(owner);
        Answer started = said(owner.post(
                "/v1/sessions",
                "{\"agent\":{\"kind\":\"agent\"},\"secrets\":[\"bot\"],\"secret_refs\":{\"DB\":\"db\"}}"));
        String id = started.text("id");
        String runtime = started.json().path("runtime").path("token").asString();
        follow(owner, id, runtime);
        ended(owner, id, runtime);
        commandLine();
    }

    private void follow(RestClient owner, String id, String runtime) throws InterruptedException {
        String events = "ws" + address.toString().substring("http".length()) + "/v1/sessions/" + id + "/events";
        try (EventsClient frames = new EventsClient(events, runtime)) {
            heard(frames);
            assertThat(values(id, runtime).path("KEY").asString()).isEqualTo(FIRST.value());
            said(owner.put("/v1/tenants/me/secrets/bot", "{\"values\":{\"KEY\":\"" + SECOND.value() + "\"}}"));
            heard(frames);
            said(owner.put("/api/secrets/db", "{\"value\":\"" + SECRET.value() + "again\"}"));
            heard(frames);
            JsonNode values = values(id, runtime);
            assertThat(values.path("KEY").asString()).isEqualTo(SECOND.value());
            assertThat(values.path("DB").asString()).isEqualTo(SECRET.value() + "again");
            said(owner.post("/v1/sessions/" + id + "/stop", ""));
            heard(frames);
        }
    }

    /** The one answer that is for values: it is not searched. */
    private JsonNode values(String id, String runtime) {
        Answer answer = new RestClient(address, runtime).get("/v1/sessions/" + id + "/env");
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().path("values");
    }

    private void heard(EventsClient frames) throws InterruptedException {
        said.add(frames.next().toString());
    }

    private void refusals(RestClient owner) {
        said(owner.post("/v1/tenants/me/secrets", bundle("bot", REFUSED)));
        said(owner.post("/v1/tenants/me/secrets", bundle(REFUSED.value(), REFUSED)));
        said(owner.post("/v1/tenants/me/secrets", "{\"name\":\"b\",\"values\":{\"" + REFUSED.value() + "\":\"x\"}}"));
        said(owner.post(
                "/v1/tenants/me/secrets", "{\"name\":\"b\",\"values\":{\"PATH\":\"" + REFUSED.value() + "\"}}"));
        said(owner.post("/v1/tenants/me/secrets", "{\"name\":\"b\",\"values\":\"" + REFUSED.value() + "\"}"));
        said(owner.put(
                "/v1/tenants/me/secrets/bot",
                "{\"values\":{\"KEY\":\"" + REFUSED.value().repeat(2_000) + "\"}}"));
        said(owner.put("/v1/tenants/me/secrets/none", "{\"values\":{\"KEY\":\"" + REFUSED.value() + "\"}}"));
        said(new RestClient(address, REFUSED.value().replaceAll("[^A-Za-z0-9]", "")).get("/v1/sessions/ses_1/env"));
        assertThat(String.join("\n", said))
                .contains("\"bundle_exists\"", "\"reserved_key_name\"", "\"value_too_large\"", "\"bundle_not_found\"");
    }

    private void ended(RestClient owner, String id, String runtime) {
        said(new RestClient(address, runtime).get("/v1/sessions/" + id + "/env"));
        said(owner.delete("/v1/tenants/me/secrets/bot"));
        said(owner.post("/v1/sessions/" + id + "/resume", ""));
        said(owner.get("/v1/sessions"));
        said(owner.get("/v1/tenants/me/secrets"));
        said(owner.get("/api/v1/audit"));
        assertThat(String.join("\n", said))
                .contains("\"token_invalid\"", "\"secret_bundle_not_found_at_resume\"", "session.reveal");
    }

    /** A file that is imported holds what it holds; it is gone before files are searched. */
    private void commandLine() throws IOException {
        Path file = folder.resolve("import.env");
        Files.writeString(file, "KEY='" + IMPORTED.value() + "'\n");
        said.add(run("bundle", "import", "cli", "--from", file.toString()));
        Files.delete(file);
        String shown =
                run("run", "--bundle", "cli", "--", "sh", "-c", "echo \"it is $KEY\"; echo \"$KEY\" | base64 >&2");
        assertThat(shown).contains("it is ••••");
        said.add(shown);
        said.add(run("bundle", "list", "--json"));
        said.add(run("audit", "verify"));
    }

    private void end() throws IOException {
        URI metrics = server.announced("  metrics  ");
        URI page = metrics.getPath().isEmpty() ? metrics.resolve("/metrics") : metrics;
        try (var answer = page.toURL().openStream()) {
            said.add(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        }
        server.terminate();
        server.exitCode(60);
        said.addAll(server.rest());
        said.add(server.standardError());
        assertThat(server.standardError()).contains("route=/v1/sessions/{id}/events", "route=/v1/sessions/{id}/env");
    }

    private void assertNowhere(Path all) throws IOException {
        assertThat(said).hasSizeGreaterThan(25);
        for (Canary canary : ALL) {
            said.forEach(text -> assertThat(canary.foundIn(text)).as(text).isEmpty());
        }
        try (Stream<Path> files = Files.walk(all)) {
            assertThat(files.filter(Files::isRegularFile).filter(SessionCanaryIT::holdsOne))
                    .isEmpty();
        }
    }

    private static boolean holdsOne(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            return ALL.stream().anyMatch(canary -> !canary.foundIn(bytes).isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer said(Answer answer) {
        said.add(answer.all());
        return answer;
    }

    private static String bundle(String name, Canary value) {
        return "{\"name\":\"" + name + "\",\"values\":{\"KEY\":\"" + value.value() + "\"}}";
    }

    private String token(String role) {
        return run("--tenant", "acme", "token", "--subject", role, "--role", role)
                .strip();
    }

    private String run(String... arguments) {
        try (ServerProcess process = process(arguments)) {
            process.closeInput();
            assertThat(process.exitCode(60)).as(process.standardError()).isZero();
            return String.join("\n", process.rest()) + process.standardError();
        }
    }

    private ServerProcess process(String... arguments) {
        return ServerProcess.start(
                folder.resolve("home"), environment, List.of("-Djava.io.tmpdir=" + folder.resolve("tmp")), arguments);
    }
}
