package dev.chatelaine.mcp.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.EventsClient;
import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.http.console.Browser;
import dev.chatelaine.http.console.OrganisationsProvider;
import dev.chatelaine.http.entry.EntryRoutes;
import dev.chatelaine.mcp.entry.ServedProcess;
import dev.chatelaine.mcp.serve.TwoNodes.Running;
import dev.chatelaine.vault.PostgresServer;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.entry.EntryPage;
import dev.chatelaine.vault.entry.EntryRequest;
import dev.chatelaine.vault.entry.OpenedTicket;
import dev.chatelaine.vault.entry.TicketState;
import dev.chatelaine.vault.secret.SecretName;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is done at one node holds at the other. */
class TwoNodesIT {
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String CUT_LISTENERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query"
            + " LIKE 'LISTEN %' AND datname = '%s'";

    @TempDir
    private Path home;

    private String database = "";

    @SuppressWarnings("NullAway.Init") // each test begins with start
    private TwoNodes nodes;

    @BeforeEach
    void makeDatabase() {
        database = PostgresServer.shared().create("nodes_" + Long.toString(System.nanoTime(), Character.MAX_RADIX));
    }

    @AfterEach
    void stop() {
        if (nodes != null) {
            nodes.close();
        }
    }

    private void start(Map<String, String> more) {
        nodes = new TwoNodes(home, database, more);
    }

    @Test
    void aSecretThatIsStoredAtOneIsReadAtTheOther() {
        start(Map.of());
        RestClient one = nodes.owner(nodes.one().address());
        RestClient other = nodes.owner(nodes.other().address());

        one.post("/api/secrets", "{\"name\":\"db\",\"value\":\"a-value-of-some-length\"}");

        assertThat(other.get("/api/secrets/db").text("hint")).isEqualTo("ngth");
        assertThat(other.put("/api/secrets/db", "{\"value\":\"another-value-of-more\"}")
                        .status())
                .isEqualTo(200);
        assertThat(one.get("/api/secrets/db").json().path("version").asInt()).isEqualTo(2);
    }

    @Test
    void aTokenKeyThatIsReplacedIsInForceAtBothWithTheNextRequest() {
        start(Map.of());
        String old = nodes.operator().token("acme", "ada", Role.OWNER);
        assertThat(statuses(old)).containsExactly(200, 200);
        Actor operator = Instance.operator("acme");

        nodes.operator().vault().tokenKeys().rotate(operator);
        assertThat(statuses(nodes.operator().token("acme", "ada", Role.OWNER))).containsExactly(200, 200);
        assertThat(statuses(old)).containsExactly(200, 200);

        nodes.operator().vault().tokenKeys().revoke(operator);
        assertThat(statuses(nodes.operator().token("acme", "ada", Role.OWNER))).containsExactly(200, 200);
        assertThat(statuses(old)).containsExactly(401, 401);
    }

    private List<Integer> statuses(String token) {
        return nodes.addresses().stream()
                .map(node -> new RestClient(node, token).get("/api/secrets").status())
                .toList();
    }

    @Test
    void aOneTimeLinkOfOneSignsInAtTheOtherAndOnceOnly() {
        start(Map.of());
        String link = URI.create(nodes.one().consoleLink().url()).getFragment();
        Browser browser = new Browser(nodes.other().address(), TwoNodes.PUBLIC);

        Answer signedIn = browser.signIn(link);

        assertThat(signedIn.status()).as(signedIn.all()).isEqualTo(200);
        assertThat(browser.at(nodes.one().address()).get("/console/session").status())
                .isEqualTo(200);
        for (URI node : nodes.addresses()) {
            assertThat(new Browser(node, TwoNodes.PUBLIC).signIn(link).status()).isNotEqualTo(200);
        }
        browser.at(nodes.one().address()).delete("/console/session");
        assertThat(browser.get("/console/session").status()).isEqualTo(401);
    }

    @Test
    void aSignInAtTheOrganisationsProviderThatBeganAtOneEndsAtTheOther() {
        try (OrganisationsProvider provider = OrganisationsProvider.start()) {
            start(Map.of("CHATELAINE_ISSUER", provider.issuer(), "CHATELAINE_OIDC_CLIENT_ID", "console"));
            Browser browser = new Browser(nodes.one().address(), TwoNodes.PUBLIC);
            provider.nextSays("grace", Map.of("tenant", "acme", "roles", List.of("member")));
            Answer begun = browser.post("/console/session/openid/start", "{\"next\":\"/console\"}");
            assertThat(begun.status()).as(begun.all()).isEqualTo(200);
            OrganisationsProvider.Returned back = provider.signIn(URI.create(begun.text("location")));

            Answer ended = browser.at(nodes.other().address())
                    .post(
                            "/console/session/openid",
                            "{\"code\":\"" + back.code() + "\",\"state\":\"" + back.state() + "\"}");

            assertThat(ended.status()).as(ended.all()).isEqualTo(200);
            for (URI node : nodes.addresses()) {
                assertThat(browser.at(node).get("/console/session").text("subject"))
                        .isEqualTo("grace");
            }
        }
    }

    @Test
    void aPageForAValueThatIsAskedForAtOneIsFilledInAtTheOther() {
        start(Map.of());
        Browser browser = new Browser(nodes.one().address(), TwoNodes.PUBLIC);
        browser.signIn(URI.create(nodes.one().consoleLink().url()).getFragment());
        Actor asker = nodes.operator().localOwner();
        OpenedTicket ticket = nodes.operator()
                .vault()
                .entryTickets()
                .open(asker, EntryPage.CONSOLE, EntryRequest.create(new SecretName("entered"), null, null));
        String path = EntryRoutes.path(ticket.secret());
        Matcher token = FORM_TOKEN.matcher(browser.get(path).response().body());
        assertThat(token.find()).isTrue();

        Answer entered = browser.at(nodes.other().address())
                .send(
                        "POST",
                        path,
                        "value=typed-by-a-person&token=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8),
                        Map.of("Origin", TwoNodes.PUBLIC, "Content-Type", FORM));

        assertThat(entered.status()).as(entered.all()).isEqualTo(200);
        assertThat(nodes.operator()
                        .vault()
                        .entryTickets()
                        .stateOf(asker, ticket.ticket().id()))
                .isEqualTo(TicketState.USED);
        assertThat(browser.get("/api/secrets/entered").text("name")).isEqualTo("entered");
        assertThat(browser.get(path).status()).isEqualTo(410);
    }

    @Test
    void anMcpSessionIsNotThereAtTheOtherNode() {
        start(Map.of());
        String token = nodes.operator().token("acme", "ada", Role.OWNER);
        Wire one = new Wire(path -> URI.create(nodes.one().address() + path));
        Wire other = new Wire(path -> URI.create(nodes.other().address() + path));
        Map<String, String> session = Map.of("Mcp-Session-Id", one.open(token));

        assertThat(other.post("/mcp", token, Wire.LIST, session).statusCode()).isEqualTo(404);
        assertThat(other.send("DELETE", "/mcp", token, session).statusCode()).isEqualTo(404);
        assertThat(one.post("/mcp", token, Wire.LIST, session).statusCode()).isEqualTo(200);
    }

    @Test
    void aBundleThatIsReplacedAtOneIsToldToRuntimesAtTheOther() throws InterruptedException {
        start(Map.of());
        RestClient owner = nodes.owner(nodes.one().address());
        URI there = nodes.other().address();
        Running session = TwoNodes.start(owner, "bot");
        try (EventsClient runtime = session.listen(there)) {
            assertThat(runtime.told()).isEqualTo("hello 1");
            for (int revision = 2; revision < 7; revision++) {
                TwoNodes.put(owner, "bot", "value " + revision);
                assertThat(session.env(there).json().path("values").path("KEY").asString())
                        .as("what is served once the replacement is answered")
                        .isEqualTo("value " + revision);
                assertThat(runtime.told()).isEqualTo("config_update [KEY] " + revision);
            }
        }
    }

    @Test
    void runtimesAreToldAlsoWhileNobodyHearsAnnouncements() throws InterruptedException {
        start(Map.of());
        RestClient owner = nodes.owner(nodes.one().address());
        Running session = TwoNodes.start(owner, "bot");
        try (EventsClient runtime = session.listen(nodes.other().address())) {
            assertThat(runtime.told()).isEqualTo("hello 1");
            for (int revision = 2; revision < 7; revision++) {
                PostgresServer.shared().administer(CUT_LISTENERS.replace("%s'", name() + "'"));
                TwoNodes.put(owner, "bot", "value " + revision);
                assertThat(runtime.told()).isEqualTo("config_update [KEY] " + revision);
            }
        }
    }

    @Test
    void whatANodeDidThatIsKilledIsToldByTheOthers() throws Exception {
        start(Map.of());
        URI here = nodes.one().address();
        Running session = TwoNodes.start(nodes.owner(here), "bot");
        try (EventsClient runtime = session.listen(here)) {
            assertThat(runtime.told()).isEqualTo("hello 1");
            for (int kill = 0; kill < 2; kill++) {
                killWhileItReplaces(20 + 15 * kill);
                long now = session.revision(here);
                assertThat(now).isGreaterThan(1);
                awaitRevision(runtime, now);
            }
            TwoNodes.put(nodes.owner(nodes.other().address()), "bot", "at last");
            awaitRevision(runtime, session.revision(here));
        }
    }

    /** Replaces the bundle as fast as a node can, which is killed after so many answers. */
    private void killWhileItReplaces(int answers) throws Exception {
        ServedProcess node = ServedProcess.start(home, nodes.environment());
        RestClient owner = nodes.owner(URI.create(node.address()));
        AtomicInteger answered = new AtomicInteger();
        CompletableFuture<Void> replacing = CompletableFuture.runAsync(() -> {
            try {
                while (TwoNodes.put(owner, "bot", "value " + System.nanoTime()).status() == 200) {
                    if (answered.incrementAndGet() == answers) {
                        CompletableFuture<Void> unused = CompletableFuture.runAsync(node::kill);
                    }
                }
            } catch (AssertionError e) {
                // The connection ended with the node.
            }
        });
        replacing.get(60, TimeUnit.SECONDS);
        assertThat(answered.get()).isGreaterThanOrEqualTo(answers);
        node.kill();
    }

    /** Reads frames up to that revision; the next after it would be a surprise. */
    private static void awaitRevision(EventsClient runtime, long revision) throws InterruptedException {
        JsonNode frame = runtime.next();
        while (frame.path("revision").asLong() < revision) {
            frame = runtime.next();
        }
        assertThat(frame.path("revision").asLong()).isEqualTo(revision);
    }

    private String name() {
        return database.substring(database.lastIndexOf('/') + 1);
    }
}
