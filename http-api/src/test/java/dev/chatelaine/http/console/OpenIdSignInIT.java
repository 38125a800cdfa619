package dev.chatelaine.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.vault.access.Role;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenIdSignInIT {
    private static final Map<String, Object> MEMBER = Map.of("tenant", "acme", "roles", List.of("member"));

    private OrganisationsProvider provider;
    private ConsoleServer server;

    @BeforeEach
    void start() {
        provider = OrganisationsProvider.start();
        server = ConsoleServer.startWith(provider.issuer(), "client's secret &%");
    }

    @AfterEach
    void stop() {
        server.close();
        provider.close();
    }

    @Test
    void aPersonWhomTheProviderVouchesForIsSignedIn() {
        Browser browser = server.browser();
        provider.nextSays("grace", MEMBER);

        Answer signedIn = finish(browser, begin(browser, "/console/secrets"));

        assertThat(signedIn.status()).isEqualTo(200);
        assertThat(signedIn.text("next")).isEqualTo("/console/secrets");
        assertThat(browser.cookies()).containsOnlyKeys("chatelaine");
        Answer session = browser.get("/console/session");
        assertThat(session.text("subject")).isEqualTo("grace");
        assertThat(session.text("tenant")).isEqualTo("acme");
        assertThat(session.json().path("sign_in").path("openid").booleanValue()).isTrue();
        assertThat(browser.post("/api/secrets", "{\"name\":\"a\",\"value\":\"v\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void theProviderIsAskedWithStateNonceAndAChallenge() {
        Browser browser = server.browser();

        Map<String, String> asked = OrganisationsProvider.query(begin(browser, "/console"));

        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "console")
                .containsEntry("scope", "openid profile")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("redirect_uri", server.test().server().address() + "/console/callback");
        assertThat(Stream.of("state", "nonce", "code_challenge").map(asked::get))
                .allMatch(text -> String.valueOf(text).matches("[A-Za-z0-9_-]{43}"))
                .doesNotHaveDuplicates();
        assertThat(asked.toString()).doesNotContain(browser.cookie("chatelaine-sign-in"));
        assertThat(OrganisationsProvider.query(begin(server.browser(), "/console"))
                        .get("state"))
                .isNotEqualTo(asked.get("state"));
    }

    @Test
    void aPublicClientIsProtectedByItsChallengeAlone() {
        try (ConsoleServer open = ConsoleServer.startWith(provider.issuer(), null)) {
            Browser browser = open.browser();
            provider.nextSays("grace", MEMBER);

            assertThat(finish(browser, begin(browser, "/console")).status()).isEqualTo(200);
        }
    }

    @Test
    void aPersonOfSeveralTenantsGoesAmongThem() {
        Browser browser = server.browser();
        provider.nextSays(
                "grace", Map.of("tenant", List.of("nowhere", "rival", "acme", "//"), "roles", "admin viewer"));
        finish(browser, begin(browser, "/console"));

        Answer session = browser.get("/console/session");
        assertThat(session.text("tenant")).isEqualTo("rival");
        assertThat(session.json().path("tenants").toString())
                .isEqualTo("[{\"tenant\":\"acme\",\"roles\":[\"viewer\",\"admin\"]},"
                        + "{\"tenant\":\"rival\",\"roles\":[\"viewer\",\"admin\"]}]");
        assertThat(browser.post("/console/session/tenant", "{\"tenant\":\"acme\"}")
                        .text("tenant"))
                .isEqualTo("acme");
        assertThat(browser.get("/console/session").text("tenant")).isEqualTo("acme");
        assertThat(browser.post("/console/session/tenant", "{\"tenant\":\"nowhere\"}")
                        .code())
                .isEqualTo("wrong_tenant");
        assertThat(browser.send("GET", "/api/v1/audit", "", Map.of("X-Tenant-Id", "rival"))
                        .json()
                        .path("events")
                        .toString())
                .contains("console.sign_in");
    }

    @Test
    void anotherStateIsRefused() {
        Browser browser = server.browser();
        provider.nextSays("grace", MEMBER);
        OrganisationsProvider.Returned back = provider.signIn(begin(browser, "/console"));

        assertThat(finish(browser, back.code(), "x" + back.state().substring(1)).code())
                .isEqualTo("sign_in_refused");
        assertThat(finish(browser, back.code(), "").code()).isEqualTo("sign_in_refused");
        assertThat(browser.cookies()).doesNotContainKey("chatelaine");
    }

    @Test
    void aResponseToAnotherBrowsersSignInIsRefused() {
        Browser victim = server.browser();
        Browser attacker = server.browser();
        provider.nextSays("mallory", MEMBER);
        OrganisationsProvider.Returned back = provider.signIn(begin(attacker, "/console"));

        assertThat(finish(victim, back.code(), back.state()).code()).isEqualTo("sign_in_expired");
        begin(victim, "/console");
        assertThat(finish(victim, back.code(), back.state()).code()).isEqualTo("sign_in_refused");
        assertThat(victim.cookies()).doesNotContainKey("chatelaine");
    }

    @Test
    void aCodeOfAnotherSignInOfTheSameBrowserIsRefused() {
        Browser browser = server.browser();
        OrganisationsProvider.Returned first = provider.signIn(begin(browser, "/console"));
        OrganisationsProvider.Returned second = provider.signIn(begin(browser, "/console"));

        assertThat(finish(browser, first.code(), second.state()).code()).isEqualTo("sign_in_refused");
    }

    @Test
    void aCodeThatIsSentAgainIsRefused() {
        Browser browser = server.browser();
        provider.nextSays("grace", MEMBER);
        OrganisationsProvider.Returned back = provider.signIn(begin(browser, "/console"));
        String kept = browser.cookie("chatelaine-sign-in");
        finish(browser, back.code(), back.state());
        Browser thief = server.browser();
        thief.cookies().put("chatelaine-sign-in", kept);

        assertThat(finish(thief, back.code(), back.state()).status()).isBetween(400, 410);
        assertThat(thief.cookies()).doesNotContainKey("chatelaine");
    }

    @Test
    void aSignInThatIsDoneIsNotDoneAgainThoughTheProviderWould() {
        Browser browser = server.browser();
        provider.nextSays("grace", MEMBER);
        URI location = begin(browser, "/console");
        String kept = browser.cookie("chatelaine-sign-in");
        assertThat(finish(browser, location).status()).isEqualTo(200);
        Browser again = server.browser();
        again.cookies().put("chatelaine-sign-in", kept);
        provider.nextSays("grace", MEMBER);

        assertThat(finish(again, location).code()).isEqualTo("sign_in_expired");
        assertThat(again.cookies()).doesNotContainKey("chatelaine");
    }

    @ParameterizedTest
    @CsvSource({
        "nonce, other",
        "iss, https://elsewhere.example",
        "aud, other",
        "exp, 1000",
        "sub, ''",
    })
    void anIdTokenThatIsNotForThisSignInIsRefused(String claim, String content) {
        Browser browser = server.browser();
        Map<String, Object> claims = new HashMap<>(MEMBER);
        claims.put(claim, claim.equals("exp") ? Long.valueOf(content) : content);
        provider.nextSays("grace", claims);

        assertThat(finish(browser, begin(browser, "/console")).code()).isEqualTo("sign_in_refused");
        assertThat(browser.cookies()).doesNotContainKey("chatelaine");
    }

    @ParameterizedTest
    @CsvSource({"'{}'", "'tenant=nowhere'", "'tenant=..'"})
    void whoHasNoTenantHereIsToldSo(String claims) {
        Browser browser = server.browser();
        provider.nextSays(
                "grace", claims.equals("{}") ? Map.of() : Map.of("tenant", claims.substring("tenant=".length())));

        Answer refused = finish(browser, begin(browser, "/console"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("no_tenant");
    }

    @Test
    void aSignInThatTakesTooLongIsRefused() {
        Browser browser = server.browser();
        provider.nextSays("grace", MEMBER);
        OrganisationsProvider.Returned back = provider.signIn(begin(browser, "/console"));
        server.clock.advance(Duration.ofMinutes(10));

        assertThat(finish(browser, back.code(), back.state()).code()).isEqualTo("sign_in_expired");
    }

    @Test
    void whoTurnsTheCookiesClockBackHasAnotherState() {
        Browser browser = server.browser();
        provider.nextSays("grace", MEMBER);
        OrganisationsProvider.Returned back = provider.signIn(begin(browser, "/console"));
        String[] kept = browser.cookie("chatelaine-sign-in").split("\\.", -1);
        browser.cookies().put("chatelaine-sign-in", kept[0] + "." + (Long.parseLong(kept[1]) - 1) + "." + kept[2]);

        assertThat(finish(browser, back.code(), back.state()).code()).isEqualTo("sign_in_refused");
    }

    @ParameterizedTest
    @CsvSource({"x", "a.b.c", "'....'", "''"})
    void aCookieThatIsNoneOfOursIsNoSignIn(String cookie) {
        Browser browser = server.browser();
        browser.cookies().put("chatelaine-sign-in", cookie);

        assertThat(finish(browser, "code", "state").code()).isEqualTo("sign_in_expired");
    }

    @Test
    void whileTheProviderIsDownPeopleAreToldSoAndLinksWork() {
        Browser browser = server.browser();
        URI begun = begin(browser, "/console");
        OrganisationsProvider.Returned back = provider.signIn(begun);
        provider.close();

        Answer down = finish(browser, back.code(), back.state());

        assertThat(down.status()).isEqualTo(503);
        assertThat(down.code()).isEqualTo("provider_unavailable");
        try (ConsoleServer fresh = ConsoleServer.startWith(provider.issuer(), null)) {
            assertThat(fresh.browser()
                            .post("/console/session/openid/start", "{}")
                            .code())
                    .isEqualTo("provider_unavailable");
            assertThat(fresh.signedIn("acme", Role.OWNER)
                            .get("/console/session")
                            .status())
                    .isEqualTo(200);
        }
    }

    private URI begin(Browser browser, String next) {
        Answer answer = browser.post("/console/session/openid/start", "{\"next\":\"" + next + "\"}");
        assertThat(answer.status()).as(answer.all()).isEqualTo(200);
        assertThat(answer.header("Set-Cookie"))
                .matches("chatelaine-sign-in=\\S+; Path=/; HttpOnly; SameSite=Strict; Max-Age=600");
        return URI.create(answer.text("location"));
    }

    private Answer finish(Browser browser, URI location) {
        OrganisationsProvider.Returned back = provider.signIn(location);
        return finish(browser, back.code(), back.state());
    }

    private static Answer finish(Browser browser, String code, String state) {
        return browser.post("/console/session/openid", "{\"code\":\"" + code + "\",\"state\":\"" + state + "\"}");
    }
}
