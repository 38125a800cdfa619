package dev.chatelaine.mcp.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.vault.VaultException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console of a whole instance, from the link that it prints. */
class ConsoleIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";

    @TempDir
    private Path home;

    private HttpService serve(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("CHATELAINE_HOME", home.toString());
        return HttpService.start(
                new Settings(Map.of(), environment, "Linux", home),
                new Listening("127.0.0.1", 0, null, null),
                Clock.systemUTC(),
                new SecureRandom());
    }

    private static HttpResponse<String> send(
            HttpService service, String method, String path, String body, String origin, String cookie)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.address().resolve(path))
                .header("Origin", origin)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream");
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    /** The cookie that the service's link gives. */
    private static String signedIn(HttpService service, String origin) throws IOException, InterruptedException {
        URI link = URI.create(service.consoleLink().url());
        assertThat(link.getPath()).isEqualTo("/console/sign-in");
        HttpResponse<String> answer =
                send(service, "POST", "/console/session/link", "{\"link\":\"" + link.getFragment() + "\"}", origin, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("Set-Cookie").orElse("").split(";", 2)[0];
    }

    @Test
    void theLinkSignsInTheLocalUserAsTheOwner() throws Exception {
        try (HttpService service = serve(Map.of())) {
            String own = service.address().toString();
            String cookie = signedIn(service, own);

            assertThat(send(service, "GET", "/console/session", "", own, cookie).body())
                    .contains("\"tenant\":\"local\"", "\"owner\"", "\"tenant:admin\"", "\"read_only\":false");
            String secret = "{\"name\":\"a\",\"value\":\"v\"}";
            assertThat(send(service, "POST", "/api/secrets", secret, own, cookie)
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void theCookieIsNobodyToMcp() throws Exception {
        try (HttpService service = serve(Map.of())) {
            String own = service.address().toString();
            String cookie = signedIn(service, own);

            HttpResponse<String> refused = send(service, "POST", "/mcp", INITIALIZE, own, cookie);

            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).contains("token_missing");
            assertThat(send(service, "GET", "/sse", "", own, cookie).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void whereNothingMayBeChangedPeopleStillSignIn() throws Exception {
        try (HttpService service = serve(Map.of("CHATELAINE_READ_ONLY", "true"))) {
            String own = service.address().toString();
            String cookie = signedIn(service, own);

            assertThat(send(service, "GET", "/console/session", "", own, cookie).body())
                    .contains("\"read_only\":true");
            assertThat(send(service, "POST", "/api/secrets", "{\"name\":\"a\",\"value\":\"v\"}", own, cookie)
                            .statusCode())
                    .isEqualTo(405);
            assertThat(send(service, "DELETE", "/console/session", "", own, cookie)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void behindAProxyWithTlsTheCookieIsBoundToTheHostAndThePublicOriginIsTheServersOwn() throws Exception {
        String address = "https://vault.example.com";
        try (HttpService service = serve(Map.of("CHATELAINE_PUBLIC_URL", address))) {
            assertThat(service.consoleLink().url()).startsWith(address + "/console/sign-in#");
            String cookie = signedIn(service, address);

            assertThat(cookie).startsWith("__Host-chatelaine=");
            String secret = "{\"name\":\"a\",\"value\":\"v\"}";
            assertThat(send(service, "POST", "/api/secrets", secret, address, cookie)
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void aClientNeedsAProvider() {
        VaultException refused = catchThrowableOfType(
                VaultException.class,
                () -> serve(Map.of("CHATELAINE_OIDC_CLIENT_ID", "console")).close());

        assertThat(refused.text()).contains("CHATELAINE_OIDC_CLIENT_ID", "CHATELAINE_ISSUER");
    }

    @Test
    void withAProviderTheConsoleOffersItWithoutAskingItFirst() throws Exception {
        Map<String, String> settings = Map.of(
                "CHATELAINE_ISSUER", "https://id.example.com/realms/acme",
                "CHATELAINE_PUBLIC_URL", "https://vault.example.com",
                "CHATELAINE_OIDC_CLIENT_ID", "console");
        try (HttpService service = serve(settings)) {
            assertThat(send(service, "GET", "/console/session/options", "", "https://vault.example.com", "")
                            .body())
                    .isEqualTo("{\"openid\":true}");
        }
    }
}
