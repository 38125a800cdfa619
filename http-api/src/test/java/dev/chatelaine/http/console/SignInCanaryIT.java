package dev.chatelaine.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.vault.access.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What lets somebody in is in no log, no answer's body, no metric and no file. */
class SignInCanaryIT {
    private static final String CLIENT_SECRET = "Canary-client-secret-4711";

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream before = System.err;
    private final List<String> secrets = new ArrayList<>(List.of(CLIENT_SECRET));
    private final StringBuilder bodies = new StringBuilder();
    private OrganisationsProvider provider;
    private ConsoleServer server;

    @BeforeEach
    void start() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        provider = OrganisationsProvider.start();
        server = ConsoleServer.startWith(provider.issuer(), CLIENT_SECRET);
    }

    @AfterEach
    void stop() {
        server.close();
        provider.close();
        System.setErr(before);
    }

    @Test
    void whatLetsSomebodyInIsNowhereInWhatComesOut() throws IOException {
        byLink();
        byProvider(Map.of("tenant", "acme", "roles", "owner"));
        byProvider(Map.of("tenant", "acme", "nonce", "other"));
        byProvider(Map.of());

        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("route=/console/session/link", "An ID token was refused", "route=/console/{file}");
        assertThat(secrets).hasSizeGreaterThan(15).doesNotContain("", "null");
        String files = files();
        String metrics = metrics();
        for (String secret : secrets) {
            assertThat(log.toString(StandardCharsets.UTF_8)).as("log").doesNotContain(secret);
            assertThat(bodies.toString()).as("answers").doesNotContain(secret);
            assertThat(metrics).as("metrics").doesNotContain(secret);
            assertThat(files).as("files").doesNotContain(secret);
        }
    }

    private void byLink() {
        String link = server.link("acme", Role.OWNER);
        secrets.add(link);
        Browser browser = server.browser();
        for (int i = 0; i < 2; i++) {
            noted(browser.signIn(link), browser);
        }
        noted(browser.post("/console/session/link", "{\"" + link + "\":1}"), browser);
        noted(
                browser.post("/console/session/link", "{\"link\":\"" + link + "\",\"next\":\"//" + link + "\"}"),
                browser);
        noted(browser.post("/console/session/tenant", "{\"tenant\":\"" + link + "\"}"), browser);
        noted(browser.get("/console/session"), browser);
        noted(browser.get("/console/" + link), browser);
        noted(browser.delete("/console/session"), browser);
    }

    private void byProvider(Map<String, Object> claims) {
        Browser browser = server.browser();
        provider.nextSays("grace", claims);
        Answer begun = browser.post("/console/session/openid/start", "{}");
        secrets.add(browser.cookie("chatelaine-sign-in"));
        secrets.add(browser.cookie("chatelaine-sign-in").split("\\.", -1)[0]);
        OrganisationsProvider.Returned back = provider.signIn(URI.create(begun.text("location")));
        secrets.add(back.code());
        noted(browser.get("/console/callback?code=" + back.code() + "&state=" + back.state()), browser);
        String body = "{\"code\":\"" + back.code() + "\",\"state\":\"" + back.state() + "\"}";
        for (int i = 0; i < 2; i++) {
            noted(browser.post("/console/session/openid", body), browser);
        }
        noted(browser.get("/console/session"), browser);
    }

    private void noted(Answer answer, Browser browser) {
        bodies.append(answer.status()).append(answer.response().body()).append('\n');
        answer.response()
                .headers()
                .map()
                .forEach((name, values) -> bodies.append(name.equals("set-cookie") ? "" : values));
        if (browser.cookies().containsKey("chatelaine")) {
            secrets.add(browser.cookie("chatelaine"));
        }
    }

    private String metrics() throws IOException {
        URI metrics = server.test().server().metricsAddress().orElseThrow().resolve("/metrics");
        try (var answer = metrics.toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String files() throws IOException {
        StringBuilder contents = new StringBuilder();
        try (Stream<Path> all = Files.walk(server.test().folder())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                contents.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents.toString();
    }
}
