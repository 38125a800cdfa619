package dev.chatelaine.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.chatelaine.http.auth.AuthenticationException.Kind;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.VaultOptions;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.KeyFile;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.provider.PrivateEndpoints;
import dev.chatelaine.vault.store.DatabaseLocation;
import dev.chatelaine.vault.verify.VerificationStatus;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalIssuerTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final SetClock clock = new SetClock();
    private Vault vault;
    private Actor operator;
    private LocalIssuer issuer;
    private Authenticator authenticator;

    @BeforeEach
    void open() {
        vault = opened();
        operator = new Actor("someone", new TenantId("acme"), Set.of(), Channel.CLI, null);
        vault.tenants().ensure(operator, "pro");
        issuer = issuer(vault);
        authenticator = new Authenticator(issuer, Audiences.of(URI.create(Forge.RESOURCE)), ClaimNames.STANDARD, clock);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void itsTokenMakesTheActorThatWasAskedFor() {
        String token = issuer.issue(operator, "ada", Set.of(Role.ADMIN, Role.VIEWER), HOUR)
                .token();

        assertThat(authenticator.authenticate("Bearer " + token, null, Channel.MCP))
                .isEqualTo(new Actor(
                        "ada", new TenantId("acme"), Set.of(Role.ADMIN, Role.VIEWER), Channel.MCP, "chatelaine"));
    }

    @Test
    void itsTokenIsAnAccessTokenByRfc9068() throws Exception {
        IssuedToken issued = issuer.issue(operator, "ada", Set.of(), HOUR);
        SignedJWT token = SignedJWT.parse(issued.token());

        assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
        assertThat(token.getJWTClaimsSet().toJSONObject())
                .containsOnlyKeys("iss", "aud", "sub", "iat", "exp", "jti", "client_id", "tenant", "roles");
        assertThat(issued.expiresAt()).isEqualTo(SetClock.START.plus(HOUR));
        assertThat(issued.toString()).doesNotContain(issued.token());
    }

    @Test
    void itsKeySetHasPublicPartsOnlyAndProvesItsTokens() throws Exception {
        String token = issuer.issue(operator, "ada", Set.of(), HOUR).token();

        JWKSet keys = JWKSet.parse(issuer.jwks());

        assertThat(issuer.jwks()).asString().doesNotContain(" d=");
        assertThat(keys.getKeyByKeyId(SignedJWT.parse(token).getHeader().getKeyID()))
                .isNotNull();
        assertThat(keys.containsNonPublicKeys()).isFalse();
    }

    @Test
    void withoutATokenTheKeySetIsEmptyAndTokensAreRefused() {
        assertThat(issuer.jwks()).isEqualTo(Map.of("keys", List.of()));
        assertThat(outcome(Forge.es256().signedBy(new TestKeys().ec))).isEqualTo(Kind.INVALID);
    }

    @Test
    void anotherProcessOnTheVaultTakesItsTokensAndARotationThereVoidsNone() {
        String old = issuer.issue(operator, "ada", Set.of(), HOUR).token();
        try (Vault other = opened()) {
            other.tokenKeys().rotate(operator);
            String fresh = issuer(other).issue(operator, "bob", Set.of(), HOUR).token();

            assertThat(outcome(old)).isNull();
            assertThat(outcome(fresh)).isNull();
        }
    }

    @Test
    void afterARotationAnOldTokenLastsUntilItsExpiryAndTheSkew() {
        String old = issuer.issue(operator, "ada", Set.of(), HOUR).token();
        vault.tokenKeys().rotate(operator);

        clock.advance(HOUR.plusSeconds(59));
        assertThat(outcome(old)).isNull();
        clock.advance(Duration.ofSeconds(2));
        assertThat(outcome(old)).isNotNull();
    }

    @Test
    void revokingVoidsEveryTokenAtOnce() {
        String old = issuer.issue(operator, "ada", Set.of(), HOUR).token();
        vault.tokenKeys().revoke(operator);

        assertThat(outcome(old)).isEqualTo(Kind.INVALID);
    }

    @Test
    void aTokenExpires() {
        String token = issuer.issue(operator, "ada", Set.of(), HOUR).token();
        clock.advance(HOUR.plusSeconds(61));

        assertThat(outcome(token)).isEqualTo(Kind.EXPIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1H", "P91D"})
    void aLifeOutsideItsBoundsIsRefused(Duration life) {
        assertThatThrownBy(() -> issuer.issue(operator, "ada", Set.of(), life))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.field()).isEqualTo("ttl"));
    }

    @Test
    void aSubjectThatNoTokenMayHaveIsRefused() {
        assertThatThrownBy(() -> issuer.issue(operator, "a\nb", Set.of(), HOUR))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.field()).isEqualTo("subject"));
    }

    private @Nullable Kind outcome(String token) {
        AuthenticationException e = catchThrowableOfType(
                AuthenticationException.class, () -> authenticator.authenticate("Bearer " + token, null, Channel.REST));
        return e == null ? null : e.kind();
    }

    private LocalIssuer issuer(Vault of) {
        return new LocalIssuer(
                of.tokenKeys(), "https://vault.example.com", Forge.RESOURCE, new Ids(new SecureRandom()), clock);
    }

    private Vault opened() {
        return Vault.open(new VaultOptions(
                DatabaseLocation.file(folder.resolve("vault.db")),
                new KeyFile(folder.resolve("config/root.key")),
                Catalog.builtIn(),
                new EndpointPolicy(true, PrivateEndpoints.none()),
                (provider, baseUrl, key) -> VerificationStatus.UNSUPPORTED,
                clock,
                new SecureRandom()));
    }
}
