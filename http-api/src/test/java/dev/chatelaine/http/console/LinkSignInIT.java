package dev.chatelaine.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.vault.access.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkSignInIT {
    private ConsoleServer server;

    @BeforeEach
    void start() {
        server = ConsoleServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aLinkSignsInAndTheCookieIsThePersonFromThenOn() {
        Browser browser = server.browser();
        Answer signedIn = browser.signIn(server.link("acme", Role.MEMBER));

        assertThat(signedIn.status()).isEqualTo(200);
        assertThat(signedIn.text("next")).isEqualTo("/console");
        assertThat(signedIn.header("Set-Cookie"))
                .matches("chatelaine=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
        Answer session = browser.get("/console/session");
        assertThat(session.text("subject")).isEqualTo("ada");
        assertThat(session.text("tenant")).isEqualTo("acme");
        assertThat(session.json().path("tenants").toString())
                .isEqualTo("[{\"tenant\":\"acme\",\"roles\":[\"member\"]}]");
        assertThat(session.json().path("permissions").toString()).contains("\"secrets:write\"");
        assertThat(session.json().path("permissions").toString()).doesNotContain("audit:read");
        assertThat(session.text("expires_at")).endsWith("Z");
        assertThat(session.json().path("sign_in").path("openid").booleanValue()).isFalse();
        assertThat(session.json().path("read_only").booleanValue()).isFalse();
        assertThat(browser.post("/api/secrets", "{\"name\":\"stripe\",\"value\":\"v1\"}")
                        .status())
                .isEqualTo(201);
        assertThat(browser.get("/api/secrets/stripe").status()).isEqualTo(200);
    }

    @Test
    void withoutASignInThereIsNoSession() {
        assertThat(server.browser().get("/console/session").code()).isEqualTo("not_signed_in");
        assertThat(server.browser().get("/api/secrets").status()).isEqualTo(401);
        assertThat(server.browser()
                        .get("/console/session/options")
                        .json()
                        .path("openid")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void aLinkIsGoodForOneSignIn() {
        String link = server.link("acme", Role.OWNER);
        server.browser().signIn(link);

        Answer again = server.browser().signIn(link);

        assertThat(again.status()).isEqualTo(410);
        assertThat(again.code()).isEqualTo("link_expired");
        assertThat(again.header("Set-Cookie")).isEmpty();
    }

    @Test
    void aLinkThatIsExpiredIsRefusedLikeOneThatNeverWas() {
        String link = server.link("acme", Role.OWNER);
        server.clock.advance(Duration.ofMinutes(10));

        Answer expired = server.browser().signIn(link);
        Answer guessed = server.browser().signIn("A".repeat(43));

        assertThat(expired.status()).isEqualTo(410);
        assertThat(expired.withoutRequestId()).isEqualTo(guessed.withoutRequestId());
        assertThat(server.browser().signIn("").status()).isEqualTo(410);
    }

    @Test
    void ofFiftyWhoUseALinkAtOnceOneIsSignedIn() throws Exception {
        String link = server.link("acme", Role.OWNER);
        List<Callable<Integer>> racers = new ArrayList<>(
                Collections.nCopies(50, () -> server.browser().signIn(link).status()));
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try {
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : threads.invokeAll(racers)) {
                statuses.add(answer.get());
            }
            assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 410);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void lookingAtTheSignInPageUsesNothing() {
        String link = server.link("acme", Role.OWNER);
        for (String path : List.of("/console/sign-in", "/console/sign-in?" + link, "/console/session/link")) {
            server.browser().get(path);
        }

        assertThat(server.browser().signIn(link).status()).isEqualTo(200);
    }

    @Test
    void signingOutEndsTheSessionForEveryBrowserThatHasItsCookie() {
        Browser browser = server.signedIn("acme", Role.OWNER);
        String cookie = browser.cookie("chatelaine");

        Answer out = browser.delete("/console/session");

        assertThat(out.status()).isEqualTo(200);
        assertThat(out.header("Set-Cookie")).startsWith("chatelaine=;").contains("Max-Age=0");
        assertThat(browser.cookies()).isEmpty();
        browser.cookies().put("chatelaine", cookie);
        assertThat(browser.get("/console/session").code()).isEqualTo("session_expired");
        assertThat(browser.get("/api/secrets").code()).isEqualTo("session_expired");
    }

    @Test
    void aSessionEndsUnusedAndInAnyCase() {
        Browser idle = server.signedIn("acme", Role.OWNER);
        Browser busy = server.signedIn("acme", Role.OWNER);
        for (int i = 0; i < 24; i++) {
            server.clock.advance(Duration.ofMinutes(20));
            assertThat(busy.get("/console/session").status()).isEqualTo(200);
        }
        assertThat(idle.get("/console/session").status()).isEqualTo(401);
        server.clock.advance(Duration.ofHours(4));
        assertThat(busy.get("/console/session").status()).isEqualTo(401);
    }

    @Test
    void aCookieOfAnotherInstanceIsNobody() {
        try (ConsoleServer other = ConsoleServer.start()) {
            Browser browser = server.signedIn("acme", Role.OWNER);
            Browser elsewhere = other.browser();
            elsewhere.cookies().putAll(browser.cookies());

            assertThat(elsewhere.get("/console/session").code()).isEqualTo("session_expired");
            assertThat(elsewhere.get("/api/secrets").status()).isEqualTo(401);
        }
    }

    @Test
    void aSignInTakesThePlaceOfTheOneBefore() {
        Browser browser = server.signedIn("acme", Role.OWNER);
        String before = browser.cookie("chatelaine");
        browser.signIn(server.link("rival", Role.VIEWER));

        assertThat(browser.get("/console/session").text("tenant")).isEqualTo("rival");
        browser.cookies().put("chatelaine", before);
        assertThat(browser.get("/console/session").status()).isEqualTo(401);
    }

    @Test
    void aTenantThatIsNotOnesOwnCannotBeChosen() {
        Browser browser = server.signedIn("acme", Role.OWNER);

        assertThat(browser.post("/console/session/tenant", "{\"tenant\":\"rival\"}")
                        .code())
                .isEqualTo("wrong_tenant");
        assertThat(browser.post("/console/session/tenant", "{\"tenant\":\"../x\"}")
                        .code())
                .isEqualTo("invalid_field");
        assertThat(browser.send("GET", "/api/secrets", "", Map.of("X-Tenant-Id", "rival"))
                        .code())
                .isEqualTo("wrong_tenant");
        assertThat(browser.send("GET", "/api/secrets", "", Map.of("X-Tenant-Id", "acme"))
                        .status())
                .isEqualTo(200);
        assertThat(browser.get("/console/session").text("tenant")).isEqualTo("acme");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "https://evil.example",
                "/\\\\evil.example",
                "/console/\\\\..",
                "/consolelike",
                "javascript:alert(1)",
                "/api/secrets",
                "/console\\nX: y",
                "/console//evil.example",
                " /console",
                "/console\\u0000",
                "/console/é",
            })
    void aSignInLeadsToPagesOfThisServerOnly(String next) {
        String link = server.link("acme", Role.OWNER);
        Browser browser = server.browser();

        Answer answer = browser.post("/console/session/link", "{\"link\":\"" + link + "\",\"next\":\"" + next + "\"}");

        assertThat(answer.code()).isEqualTo("invalid_field");
        assertThat(browser.signIn(link).status()).as("the link is still good").isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console", "/console/secrets?q=a%20b&x=/y#z", "/entry/ab_C-1", "/console/"})
    void aSignInLeadsWhereItWasAskedFor(String next) {
        Answer answer = server.browser()
                .post(
                        "/console/session/link",
                        "{\"link\":\"" + server.link("acme", Role.OWNER) + "\",\"next\":\"" + next + "\"}");

        assertThat(answer.text("next")).isEqualTo(next);
    }

    @Test
    void withoutAProviderNobodySignsInByOne() {
        assertThat(server.browser().post("/console/session/openid/start", "{}").code())
                .isEqualTo("openid_not_configured");
        assertThat(server.browser()
                        .post("/console/session/openid", "{\"code\":\"a\",\"state\":\"b\"}")
                        .code())
                .isEqualTo("sign_in_expired");
    }
}
