package dev.chatelaine.http.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.http.TestServer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesIT {
    private static final List<String> TYPED = new ArrayList<>();
    private static final List<Visit> VISITS = new ArrayList<>();
    private static final Map<String, String> FORM = Map.of("Content-Type", "application/x-www-form-urlencoded");

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(
                TestServer.loopback(TestServer.QUICK),
                List.of(
                        Route.page("GET", "/shown/{id}", PagesIT::show),
                        Route.page("POST", "/shown/{id}", PagesIT::take),
                        Route.open("GET", "/style.css", call -> Reply.bytes("text/css", "a{}".getBytes(UTF_8)))),
                List.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Reply show(Call call) {
        VISITS.add(call.visit());
        return Reply.page(200, "<title>é</title>".getBytes(UTF_8))
                .with("Set-Cookie", "a=1")
                .with("Set-Cookie", "b=2");
    }

    private static Reply take(Call call) {
        Form form = call.form(Set.of("token", "value"));
        TYPED.add(form.requiredText("value"));
        return Reply.seeOther("/shown/1");
    }

    private static RestClient stranger() {
        return new RestClient(server.server().address(), "");
    }

    private static String code(String body) {
        return stranger().send("POST", "/shown/1", body, FORM).code();
    }

    @Test
    void aPageIsShownToAnybodyUnderThePolicyOfPages() {
        Answer page = get(Map.of());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.response().headers().allValues("Content-Security-Policy"))
                .containsExactly(Reply.PAGE_POLICY);
        assertThat(page.response().headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.response().headers().allValues("Referrer-Policy")).containsExactly("same-origin");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.response().body()).isEqualTo("<title>é</title>");
        assertThat(VISITS.get(VISITS.size() - 1).caller()).isEmpty();
    }

    @Test
    void aPageIsToldWhoIsThereWhenThatIsKnown() {
        get(Map.of("Authorization", "Bearer acme:viewer"));

        assertThat(VISITS.get(VISITS.size() - 1).caller())
                .get()
                .satisfies(actor -> assertThat(actor.subject()).isEqualTo("viewer@acme.example"));
    }

    @Test
    void aPageSeesCookiesWhereItWasCalledFromAndWhatIsWanted() {
        get(Map.of("Cookie", "a=1; b=\"2\";c=x=y; a=3; d", "Sec-Fetch-Site", "cross-site", "Accept", "text/html"));
        Visit visit = VISITS.get(VISITS.size() - 1);

        assertThat(visit.cookies()).isEqualTo(Map.of("b", "\"2\"", "c", "x=y"));
        assertThat(visit.crossSite()).isTrue();
        assertThat(visit.wantsJson()).isFalse();
        assertThat(visit.toString()).doesNotContain("x=y");
        get(Map.of("Sec-Fetch-Site", "same-origin", "Accept", "application/json"));
        assertThat(VISITS.get(VISITS.size() - 1).crossSite()).isFalse();
        assertThat(VISITS.get(VISITS.size() - 1).wantsJson()).isTrue();
    }

    @Test
    void aFormComesToTheByte() {
        Answer answer = stranger()
                .send("POST", "/shown/1", "token=&value=%0D%0A%00+a%2Bb%26=%F0%9F%94%91%EF%BB%BF%20\u00e9\t", FORM);

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/shown/1");
        assertThat(TYPED.get(TYPED.size() - 1)).isEqualTo("\r\n\0 a+b&=\uD83D\uDD11\uFEFF \u00e9\t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"value=%", "value=%4", "value=%zz", "value=%F0%9F", "%FF=1&value=1", "value=%C0%80"})
    void aFormThatIsNotWellFormedIsRefused(String body) {
        assertThat(code(body)).isEqualTo("malformed_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"value=1&value=1", "value=1&other=2", "token=1", "", "value=1&=2", "value=1&v%61lue=2"})
    void aFormWithFieldsThatAreUnknownMissingOrThereTwiceIsRefused(String body) {
        assertThat(code(body)).isEqualTo("invalid_field");
    }

    @Test
    void aFormIsNotTakenForJsonNorJsonForAForm() {
        assertThat(stranger().post("/shown/1", "{}").code()).isEqualTo("form_expected");
        assertThat(server.owner("acme")
                        .send("POST", "/api/secrets", "name=a", FORM)
                        .code())
                .isEqualTo("unsupported_media_type");
    }

    @Test
    void aFormFromAForeignPageIsRefused() {
        Answer answer = stranger()
                .send(
                        "POST",
                        "/shown/1",
                        "value=1",
                        Map.of(
                                "Content-Type",
                                "application/x-www-form-urlencoded",
                                "Origin",
                                "https://elsewhere.example"));

        assertThat(answer.code()).isEqualTo("origin_refused");
    }

    @Test
    void anAssetIsOpenAndHasItsType() {
        Answer style = stranger().get("/style.css");

        assertThat(style.header("Content-Type")).isEqualTo("text/css");
        assertThat(style.response().body()).isEqualTo("a{}");
    }

    @Test
    void aServerThatKnowsNobodyServesItsPageAndNothingElse() {
        List<Route> routes = List.of(
                Route.page("GET", "/entry/{ticket}", call -> Reply.page(200, "hello".getBytes(UTF_8))),
                new Route("GET", "/closed", call -> Reply.ok(Map.of())));
        try (ChatelaineServer tiny = new ChatelaineServer(
                HttpOptions.loopback(0), routes, List.of(), Callers.nobody(), new SecureRandom())) {
            tiny.start();
            RestClient client = RestClient.ofAnother(tiny.address());

            assertThat(client.get("/entry/1").response().body()).isEqualTo("hello");
            assertThat(client.get("/closed").status()).isEqualTo(404);
            assertThat(client.get("/healthz").status()).isEqualTo(404);
            assertThat(client.send("GET", "/closed", "", Map.of("Authorization", "Bearer acme:owner"))
                            .status())
                    .isEqualTo(404);
        }
    }

    private static Answer get(Map<String, String> headers) {
        return stranger().send("GET", "/shown/1", "", headers);
    }
}
