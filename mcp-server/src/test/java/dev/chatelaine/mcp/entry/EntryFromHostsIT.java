package dev.chatelaine.mcp.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.console.Browser;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.NettyWrapper;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/**
 * An assistant needs a value, a person types it into a real browser, and the assistant learns that it is stored. What
 * was typed is searched for in all that the host saw and all that the server logged.
 */
class EntryFromHostsIT {
    private static final String TYPED = "canary/typed+into~a page 5b0d7c41-not-real";
    private static final Map<String, Object> CREATE = Map.of("action", "create", "name", "db");
    private static final Map<String, Object> GET = Map.of("action", "get", "name", "db");
    private static final String SECRETS = "manage_secrets";

    @TempDir
    private Path home;

    private Browser browser;
    private EntryScreen screen;

    @BeforeEach
    void startBrowser() {
        browser = Browser.start();
        browser.shape(1280, 900, false);
        screen = new EntryScreen(browser);
    }

    @AfterEach
    void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void aHostThatShowsPagesWaitsUntilThePersonHasTyped() throws Exception {
        try (RecordingHost host = RecordingHost.overStdio(home, Map.of(), true)) {
            CompletableFuture<CallToolResult> waiting = host.calling(SECRETS, CREATE);
            screen.open(host.shown()).enter(TYPED);

            assertThat(stored(waiting)).contains("name=db", "hint=real");
            assertNowhere(host, host.log());
        }
    }

    @Test
    void aHostThatDoesNotShowsTheLinkAndAsksLater() throws Exception {
        try (RecordingHost host = RecordingHost.overStdio(home, Map.of(), false)) {
            screen.open(host.link(SECRETS, CREATE)).enter(TYPED);

            assertThat(host.call(SECRETS, GET).toString()).contains("hint=real");
            assertNowhere(host, host.log());
            screen.open(host.link(SECRETS, Map.of("action", "update", "name", "db")))
                    .type("still typing");
        }
        browser.awaitText(EntryScreen.SILENT);
        assertThat(screen.value()).isEqualTo("still typing");
        browser.checkAccessibility("nobody answers");
    }

    @Test
    void aServedPageTakesOneWhoSignedInByALinkAlsoFromAnotherSite() throws Exception {
        String user = System.getProperty("user.name");
        String token = ServedProcess.run(home, "token", "--subject", user, "--role", "owner");
        try (ServedProcess served = ServedProcess.start(home, Map.of());
                RecordingHost host = RecordingHost.overHttp(served.address(), token, true)) {
            CompletableFuture<CallToolResult> waiting = host.calling(SECRETS, CREATE);
            URI page = host.shown();
            assertThat(statusForBearer(page, token)).isEqualTo(303);
            browser.open(page.toString());
            browser.awaitText("Sign in to Chatelaine");
            browser.open("about:blank");
            browser.open(served.consoleLink());
            browser.awaitSignedIn();

            try (ForeignSite chat = new ForeignSite(page)) {
                browser.open(chat.address());
                browser.driver().findElement(By.linkText("the link")).click();
                screen.awaitForm();
            }
            assertThat(browser.driver().getCurrentUrl()).isEqualTo(page.toString());
            screen.enter(TYPED);

            assertThat(stored(waiting)).contains("name=db", "hint=real");
            assertNowhere(host, List.of(served.log()));
        }
    }

    @Test
    void aServedPageTakesOneWhomTheOrganisationSignsIn() throws Exception {
        MockOAuth2Server provider = new MockOAuth2Server(new OAuth2Config(
                false, null, null, false, new OAuth2TokenProvider(), Set.of(), new NettyWrapper(null)));
        provider.start();
        Map<String, Object> claims = Map.of("tenant", "local", "roles", List.of("member"));
        Map<String, String> settings = Map.of(
                "CHATELAINE_ISSUER", provider.issuerUrl("acme").toString(),
                "CHATELAINE_AUDIENCE", "vault",
                "CHATELAINE_OIDC_CLIENT_ID", "console");
        try (ServedProcess served = ServedProcess.start(home, settings);
                RecordingHost host = RecordingHost.overHttp(
                        served.address(),
                        provider.issueToken("acme", "grace", "vault", claims).serialize(),
                        true)) {
            CompletableFuture<CallToolResult> waiting = host.calling(SECRETS, CREATE);
            browser.open(host.shown().toString());
            provider.enqueueCallback(
                    new DefaultOAuth2TokenCallback("acme", "grace", "JWT", List.of("console"), claims, 300));
            browser.click("Continue with your organisation");
            screen.awaitForm();
            browser.awaitText("grace");
            screen.enter(TYPED);

            assertThat(stored(waiting)).contains("name=db", "hint=real");
            assertNowhere(host, List.of(served.log()));
        } finally {
            provider.shutdown();
        }
    }

    /** The token of the ticket's own subject is a program's, and signs nobody in. */
    private static int statusForBearer(URI page, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(page)
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private static String stored(CompletableFuture<CallToolResult> waiting) throws Exception {
        CallToolResult result = waiting.get(60, TimeUnit.SECONDS);
        assertThat(result.isError()).as("%s", result).isFalse();
        return String.valueOf(result.structuredContent());
    }

    private void assertNowhere(RecordingHost host, List<String> log) {
        assertThat(host.messages()).anyMatch(message -> message.contains("tools/call"));
        assertThat(host.messages()).anyMatch(message -> message.contains("\"hint\":\"real\""));
        Spellings.assertAbsent(TYPED, host.messages(), "what the host saw");
        if (!log.isEmpty()) {
            Spellings.assertAbsent(TYPED, log, "the log");
        }
        Spellings.assertAbsent(TYPED, List.of(screen.kept()), "the page afterwards");
    }
}
