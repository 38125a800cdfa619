package dev.chatelaine.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.vault.access.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the cookie is good for, and what not; and the console's files. */
class ConsoleCookieIT {
    private static final String SECRET = "{\"name\":\"a\",\"value\":\"v\"}";

    private static ConsoleServer server;

    @BeforeAll
    static void start() {
        server = ConsoleServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aWriteNeedsTheServersOwnOrigin() {
        Browser browser = server.signedIn("acme", Role.OWNER);

        for (Map<String, String> headers : List.of(
                Map.<String, String>of(),
                Map.of("Origin", "https://evil.example"),
                Map.of("Origin", "null"),
                Map.of("Origin", "https://console.example"))) {
            assertThat(browser.send("POST", "/api/secrets", SECRET, headers).code())
                    .as(headers.toString())
                    .isEqualTo("origin_refused");
            assertThat(browser.send("DELETE", "/console/session", "", headers).code())
                    .isEqualTo("origin_refused");
            assertThat(browser.send("POST", "/console/session/tenant", "{\"tenant\":\"acme\"}", headers)
                            .code())
                    .isEqualTo("origin_refused");
        }
        assertThat(browser.get("/console/session").status()).isEqualTo(200);
        assertThat(browser.get("/api/secrets/a").status()).isEqualTo(404);
    }

    @Test
    void aRefusalThatLeavesTheBodyUnreadSaysThatTheConnectionEnds() {
        Browser browser = server.signedIn("acme", Role.OWNER);

        Answer refused = browser.send("POST", "/api/secrets", SECRET, Map.of("Origin", "https://evil.example"));

        assertThat(refused.response().headers().firstValue("Connection")).hasValue("close");
        assertThat(browser.get("/console/session").response().headers().firstValue("Connection"))
                .isEmpty();
    }

    @Test
    void signingInNeedsTheServersOwnOriginToo() {
        String link = server.link("acme", Role.OWNER);

        Answer answer = server.browser().send("POST", "/console/session/link", "{\"link\":\"" + link + "\"}", Map.of());

        assertThat(answer.code()).isEqualTo("origin_refused");
        assertThat(server.browser().signIn(link).status()).isEqualTo(200);
    }

    @Test
    void aTokenStandsAboveTheCookieAndNeedsNoOrigin() {
        Browser browser = server.signedIn("acme", Role.VIEWER);
        Map<String, String> token = Map.of("Authorization", "Bearer rival:owner");

        assertThat(browser.send("POST", "/api/secrets", SECRET.replace("\"a\"", "\"b\""), token)
                        .status())
                .isEqualTo(201);
        assertThat(server.test().owner("rival").get("/api/secrets/b").status()).isEqualTo(200);
        assertThat(browser.send("GET", "/api/secrets", "", Map.of("Authorization", "Bearer nonsense"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void theVaultAsksForPermissionsAsEver() {
        Browser browser = server.signedIn("acme", Role.VIEWER);

        assertThat(browser.post("/api/secrets", SECRET).code()).isEqualTo("permission_denied");
        assertThat(browser.get("/api/v1/audit").code()).isEqualTo("permission_denied");
    }

    @Test
    void theAuditNamesThePersonTheChannelAndTheConsole() {
        Browser browser = server.signedIn("acme", Role.OWNER);
        browser.post("/api/secrets", SECRET.replace("\"a\"", "\"audited\""));

        assertThat(browser.get("/api/v1/audit").json().path("events").toString())
                .contains("\"action\":\"secret.create\"", "\"actor\":\"ada\"", "\"client\":\"console\"");
    }

    @Test
    void theCookieTwiceIsNoCookie() {
        Browser browser = server.signedIn("acme", Role.OWNER);
        browser.cookies().put(" chatelaine", "other");

        assertThat(browser.get("/console/session").status()).isEqualTo(401);
    }

    @Test
    void underTlsTheCookieIsBoundToTheHost() {
        assertThat(new ConsoleCookies(true).setSession("x"))
                .isEqualTo("__Host-chatelaine=x; Path=/; HttpOnly; SameSite=Strict; Secure");
        assertThat(new ConsoleCookies(true).session(Map.of("chatelaine", "x"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console", "/console/sign-in", "/console/callback?code=1&state=2", "/console/secrets"})
    void pagesAreHtmlUnderThePolicyOfPages(String path) {
        Answer page = server.browser().get(path);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.response().headers().allValues("Content-Security-Policy"))
                .containsExactly(Reply.PAGE_POLICY);
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.response().body()).startsWith("<!doctype html>").doesNotContain("style=", "<script>");
    }

    @Test
    void scriptsHaveTheirType() {
        Answer script = server.browser().get("/console/sign-in.js");

        assertThat(script.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(script.header("Content-Security-Policy")).isEqualTo("default-src 'none'; frame-ancestors 'none'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/nothing.js",
                "/console/ConsoleFiles.class",
                "/console/package-info.class",
                "/console/sign-in.html",
                "/console/.js",
                "/console/rest/openapi.json",
                "/console/a.b.js",
                "/console/A.js",
                "/console/%C3%A9.js",
            })
    void whatIsNotOneOfTheConsolesFilesIsNotThere(String path) {
        assertThat(server.browser().get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/..%2frest%2fopenapi.json", "/console/%2e%2e/rest/openapi.json", "/console/..;/x"})
    void noNameLeadsOutOfTheFolder(String path) {
        assertThat(server.browser().get(path).status()).isEqualTo(400);
    }
}
