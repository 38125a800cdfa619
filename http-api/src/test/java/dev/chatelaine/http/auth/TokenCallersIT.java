package dev.chatelaine.http.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.server.Callers;
import dev.chatelaine.vault.Vault;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TokenCallersIT {
    private static final TestKeys KEYS = new TestKeys();
    private static final String METADATA = "https://vault.example.com/.well-known/oauth-protected-resource/mcp";

    private static TestServer server;
    private static boolean issuerDown;

    @BeforeAll
    static void start() {
        server = TestServer.start(TokenCallersIT::callers);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Callers callers(Vault vault) {
        URI resource = URI.create(Forge.RESOURCE);
        Authenticator authenticator =
                new Authenticator(new Issuer(), Audiences.of(resource), ClaimNames.STANDARD, new SetClock());
        Challenges challenges = new Challenges(new ProtectedResourceMetadata(resource, List.of(), List.of()));
        return new TokenCallers(authenticator, () -> challenges, vault.tenants()::exists);
    }

    private static final class Issuer implements TrustedIssuer {
        @Override
        public String issuer() {
            return KEYS.issuer();
        }

        @Override
        public List<JWK> keys(JWSHeader header) {
            if (issuerDown) {
                throw new AuthenticationException(
                        AuthenticationException.Kind.ISSUER_UNAVAILABLE, "The issuer cannot be reached.");
            }
            return KEYS.keys(header);
        }
    }

    @Test
    void aGoodTokenReachesItsTenant() {
        assertThat(with(Forge.es256()).get("/api/secrets").status()).isEqualTo(200);
    }

    @Test
    void withoutATokenTheChallengeTellsWhereToLook() {
        Answer answer = new RestClient(server.server().address(), "").get("/api/secrets");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer resource_metadata=\"" + METADATA + "\"");
    }

    @Test
    void anExpiredTokenIsSaidToBeSo() {
        Answer answer = with(Forge.es256().claim("exp", SetClock.START.getEpochSecond() - 61))
                .get("/api/secrets");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("token_expired");
        assertThat(answer.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
    }

    @Test
    void aTenantThatTheVaultLacksIsAsWrongAsOneThatTheTokenLacks() {
        Answer missing = with(Forge.es256().claim("tenant", "nowhere")).get("/api/secrets");
        Answer foreign = with(Forge.es256()).send("GET", "/api/secrets", "", Map.of("X-Tenant-Id", "rival"));

        assertThat(missing.status()).isEqualTo(403);
        assertThat(missing.code()).isEqualTo("wrong_tenant");
        assertThat(missing.withoutRequestId()).isEqualTo(foreign.withoutRequestId());
    }

    @Test
    void aMissingPermissionIsAMissingScope() {
        Answer answer =
                with(Forge.es256().claim("roles", "viewer")).post("/api/secrets", "{\"name\":\"a\",\"value\":\"b\"}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("WWW-Authenticate"))
                .contains("error=\"insufficient_scope\"", "scope=\"secrets:write\"");
    }

    @Test
    void anIssuerThatIsDownIsWorthAnotherTry() {
        issuerDown = true;
        try {
            Answer answer = with(Forge.es256()).get("/api/secrets");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("issuer_unavailable");
            assertThat(answer.header("Retry-After")).isEqualTo("30");
        } finally {
            issuerDown = false;
        }
    }

    @Test
    void twoTokensOrTwoTenantsAreRefused() throws IOException {
        String good = "Authorization: Bearer " + Forge.es256().signedBy(KEYS.ec) + "\r\n";

        assertThat(status(good + good)).isEqualTo(400);
        assertThat(status(good + "X-Tenant-Id: acme\r\nX-Tenant-Id: acme\r\n")).isEqualTo(400);
        assertThat(status(good + "X-Tenant-Id: acme\r\n")).isEqualTo(200);
    }

    @Test
    void whereTokensComeFromIsOpenToEverybody() {
        RestClient nobody = new RestClient(server.server().address(), "");

        Answer described = nobody.get("/.well-known/oauth-protected-resource/mcp");

        assertThat(described.text("resource")).isEqualTo(server.server().address() + "/mcp");
        assertThat(nobody.get("/.well-known/jwks.json").status()).isEqualTo(200);
    }

    private static int status(String headers) throws IOException {
        try (RawConnection connection = server.raw()) {
            return connection
                    .send("GET /api/secrets HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n")
                    .status();
        }
    }

    private static RestClient with(Forge token) {
        return new RestClient(server.server().address(), token.signedBy(KEYS.ec));
    }
}
