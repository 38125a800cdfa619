package dev.chatelaine.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.jwk.JWK;
import dev.chatelaine.http.auth.AuthenticationException.Kind;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {
    private static final TestKeys KEYS = new TestKeys();

    private final SetClock clock = new SetClock();
    private final Authenticator authenticator =
            new Authenticator(KEYS, Audiences.of(URI.create(Forge.RESOURCE)), ClaimNames.STANDARD, clock);

    @Test
    void aGoodTokenOfEachAlgorithmMakesAnActor() {
        Actor ada = new Actor("ada", new TenantId("acme"), Set.of(Role.MEMBER), Channel.REST, null);

        assertThat(actor(Forge.es256(), KEYS.ec)).isEqualTo(ada);
        assertThat(actor(Forge.rs256(), KEYS.rsa)).isEqualTo(ada);
        assertThat(actor(Forge.edDsa(), KEYS.ed)).isEqualTo(ada);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt"})
    void theseTypesAreAccessTokens(String type) {
        assertThat(actor(Forge.es256().header("typ", type), KEYS.ec).subject()).isEqualTo("ada");
    }

    @Test
    void aTokenMayLackItsTypeAndItsKeyId() {
        Forge forge = Forge.es256().header("typ", null).header("kid", null);

        assertThat(actor(forge, KEYS.ec).subject()).isEqualTo("ada");
    }

    @Test
    void headersThatMeanNothingHereAreNoHarm() {
        Forge forge = Forge.es256().header("x5t", "dGh1bWI").header("pi.atm", "1");

        assertThat(actor(forge, KEYS.ec).subject()).isEqualTo("ada");
    }

    @Test
    void theServiceMayBeOneOfSeveralAudiences() {
        Forge forge = Forge.es256().claim("aud", List.of("account", Forge.RESOURCE));

        assertThat(actor(forge, KEYS.ec).subject()).isEqualTo("ada");
    }

    @Test
    void anOriginIsTheSameAudienceWithAndWithoutItsSlash() {
        Audiences origin = Audiences.of(URI.create("https://vault.example.com"));

        assertThat(origin.acceptAny(List.of("https://vault.example.com/"))).isTrue();
        assertThat(origin.acceptAny(List.of("https://vault.example.com"))).isTrue();
        assertThat(origin.acceptAny(List.of("https://vault.example.com/mcp"))).isFalse();
    }

    @Test
    void theClientIsTakenFromTheToken() {
        assertThat(actor(Forge.es256().claim("client_id", "cli").claim("azp", "x"), KEYS.ec)
                        .client())
                .isEqualTo("cli");
        assertThat(actor(Forge.es256().claim("azp", "web"), KEYS.ec).client()).isEqualTo("web");
    }

    @ParameterizedTest
    @CsvSource({"-60", "0", "600", "660"})
    void aTokenCountsWithinItsTimeAndASkewOf60Seconds(long seconds) {
        clock.advance(Duration.ofSeconds(seconds));

        assertThat(actor(Forge.es256(), KEYS.ec).subject()).isEqualTo("ada");
    }

    @Test
    void aTokenThatExpired61SecondsAgoIsExpired() {
        clock.advance(Duration.ofSeconds(661));

        assertThat(refused(Forge.es256(), null)).isEqualTo(Kind.EXPIRED);
    }

    @Test
    void anExpiredTokenWithABadSignatureIsInvalidAndNotExpired() {
        clock.advance(Duration.ofDays(1));
        String token = Forge.es256().signedBy(KEYS.ec);

        assertThat(refusedHeader("Bearer " + token.substring(0, token.length() - 8) + "AAAAAAAA"))
                .isEqualTo(Kind.INVALID);
    }

    @Test
    void withTheClockADayBehindATokenIsFromTheFuture() {
        clock.advance(Duration.ofDays(-1));

        AuthenticationException e = refusal(header(Forge.es256()), null);

        assertThat(e.kind()).isEqualTo(Kind.INVALID);
        assertThat(e.text()).contains("clocks");
    }

    @Test
    void withTheClockADayAheadATokenIsExpired() {
        clock.advance(Duration.ofDays(1));

        assertThat(refused(Forge.es256(), null)).isEqualTo(Kind.EXPIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nbf", "iat"})
    void aTokenFrom61SecondsAheadIsRefused(String claim) {
        long now = SetClock.START.getEpochSecond();

        assertThat(actor(Forge.es256().claim(claim, now + 60), KEYS.ec).subject())
                .isEqualTo("ada");
        assertThat(refused(Forge.es256().claim(claim, now + 61), null)).isEqualTo(Kind.INVALID);
    }

    @Test
    void timesMayHaveFractions() {
        assertThat(actor(Forge.es256().claim("exp", SetClock.START.getEpochSecond() + 0.5), KEYS.ec)
                        .subject())
                .isEqualTo("ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic YTpi", "Bearer", "Bearer  ", "ck_0123"})
    void withoutABearerTokenItIsMissing(String header) {
        assertThat(refusedHeader(header)).isEqualTo(Kind.MISSING);
        assertThat(refusedHeader(null)).isEqualTo(Kind.MISSING);
    }

    @Test
    void theSchemesNameIsReadInAnyCase() {
        String token = Forge.es256().signedBy(KEYS.ec);

        assertThat(authenticator
                        .authenticate("bEARER  " + token, null, Channel.MCP)
                        .channel())
                .isEqualTo(Channel.MCP);
    }

    @Test
    void theHeaderChoosesAmongTheTokensTenants() {
        Forge forge = Forge.es256().claim("tenant", List.of("acme", "globex"));

        assertThat(authenticator
                        .authenticate(header(forge), "globex", Channel.REST)
                        .tenant())
                .isEqualTo(new TenantId("globex"));
    }

    @Test
    void severalTenantsAndNoChoiceIsRefusedSayingSo() {
        AuthenticationException e = refusal(header(Forge.es256().claim("tenant", List.of("acme", "globex"))), null);

        assertThat(e.kind()).isEqualTo(Kind.WRONG_TENANT);
        assertThat(e.text()).contains("X-Tenant-Id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"globex", "", "ACME", "acme ", "../acme", "vault"})
    void aTenantThatTheTokenDoesNotNameIsRefused(String chosen) {
        assertThat(refused(Forge.es256(), chosen)).isEqualTo(Kind.WRONG_TENANT);
    }

    @Test
    void aTokenWithoutATenantOrWithAnImpossibleOneIsRefused() {
        assertThat(refused(Forge.es256().claim("tenant", null), null)).isEqualTo(Kind.WRONG_TENANT);
        assertThat(refused(Forge.es256().claim("tenant", List.of()), null)).isEqualTo(Kind.WRONG_TENANT);
        assertThat(refused(Forge.es256().claim("tenant", "../x"), null)).isEqualTo(Kind.WRONG_TENANT);
        assertThat(refused(Forge.es256().claim("tenant", "../x"), "../x")).isEqualTo(Kind.WRONG_TENANT);
    }

    @Test
    void theSameTenantTwiceIsOne() {
        assertThat(actor(Forge.es256().claim("tenant", List.of("acme", "acme")), KEYS.ec)
                        .tenant())
                .isEqualTo(new TenantId("acme"));
    }

    @Test
    void rolesComeAsTextWithSpacesOrAsAnArrayAndUnknownOnesGiveNothing() {
        assertThat(roles("viewer key_manager")).containsExactlyInAnyOrder(Role.VIEWER, Role.KEY_MANAGER);
        assertThat(roles(List.of("admin", "Owner", "offline_access"))).containsExactly(Role.ADMIN);
        assertThat(roles("root")).isEmpty();
        assertThat(roles(null)).isEmpty();
    }

    @Test
    void claimsMayHaveOtherNamesAndBeInsideObjects() {
        ClaimNames names = new ClaimNames("https://example.com/org.id", "realm_access.roles");
        Authenticator other = new Authenticator(KEYS, Audiences.of(URI.create(Forge.RESOURCE)), names, clock);
        Forge forge = Forge.es256()
                .claim("tenant", "ignored")
                .claim("https://example.com/org.id", "globex")
                .claim("realm_access", Map.of("roles", List.of("owner")));

        Actor actor = other.authenticate(header(forge), null, Channel.REST);

        assertThat(actor.tenant()).isEqualTo(new TenantId("globex"));
        assertThat(actor.roles()).containsExactly(Role.OWNER);
    }

    private Set<Role> roles(@Nullable Object claim) {
        return actor(Forge.es256().claim("roles", claim), KEYS.ec).roles();
    }

    private Actor actor(Forge forge, JWK key) {
        return authenticator.authenticate("Bearer " + forge.signedBy(key), null, Channel.REST);
    }

    private static String header(Forge forge) {
        return "Bearer " + forge.signedBy(KEYS.ec);
    }

    private Kind refused(Forge forge, @Nullable String tenant) {
        return refusal(header(forge), tenant).kind();
    }

    private Kind refusedHeader(@Nullable String header) {
        return refusal(header, null).kind();
    }

    private AuthenticationException refusal(@Nullable String header, @Nullable String tenant) {
        return catchThrowableOfType(
                AuthenticationException.class, () -> authenticator.authenticate(header, tenant, Channel.REST));
    }
}
