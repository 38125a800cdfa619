package dev.chatelaine.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.chatelaine.http.auth.AuthenticationException.Kind;
import dev.chatelaine.vault.access.Channel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalIssuerIT {
    private static final ECKey KEY = key("ec");
    private static final ECKey NEXT = key("next");
    private static final KeyRefresh CALM =
            new KeyRefresh(Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofSeconds(2));
    /** Fetches as often as a test wants; on a busy machine an answer may come too late, and the next one counts. */
    private static final KeyRefresh EAGER =
            new KeyRefresh(Duration.ofMillis(700), Duration.ofMillis(50), Duration.ofMillis(1), Duration.ofMillis(200));

    private Provider provider;
    private @Nullable ExternalIssuer issuer;

    @BeforeEach
    void start() throws Exception {
        provider = Provider.start().with(KEY);
    }

    @AfterEach
    void stop() {
        if (issuer != null) {
            issuer.close();
        }
        provider.close();
    }

    @Test
    void tokensCountWhoseKeysTheProvidersDiscoveryLeadsTo() {
        Authenticator authenticator = authenticator(CALM);

        assertThat(outcome(authenticator, KEY)).isNull();
        assertThat(outcome(authenticator, KEY)).isNull();
        assertThat(provider.keyRequests).hasValue(1);
    }

    @Test
    void metadataMayBeWhereRfc8414HasIt() {
        provider.metadataPath = "/.well-known/oauth-authorization-server/realms/acme";

        assertThat(outcome(authenticator(CALM), KEY)).isNull();
    }

    @Test
    void nothingIsFetchedBeforeTheFirstToken() {
        authenticator(CALM);

        assertThat(provider.keyRequests).hasValue(0);
    }

    @Test
    void whileTheProviderIsDownAtTheStartTokensCannotBeCheckedAndLaterTheyCan() throws Exception {
        int port = provider.port();
        String name = provider.issuer();
        provider.close();
        issuer = new ExternalIssuer(name, EAGER);
        Authenticator authenticator = authenticator(issuer);

        assertThat(outcome(authenticator, KEY)).isEqualTo(Kind.ISSUER_UNAVAILABLE);

        provider = Provider.startAt(port).with(KEY);
        until(() -> outcome(authenticator, KEY) == null);
    }

    @Test
    void fetchesThatFailAreLimitedTooAndStillAreNotTheTokensFault() {
        provider.keySet = Provider.status(500);
        Authenticator authenticator = authenticator(CALM);

        for (int i = 0; i < 10; i++) {
            assertThat(outcome(authenticator, KEY)).isEqualTo(Kind.ISSUER_UNAVAILABLE);
        }
        assertThat(provider.keyRequests).hasValue(2);
    }

    @Test
    void knownKeysKeepWorkingWhileTheProviderIsDown() {
        Authenticator authenticator = authenticator(EAGER);
        until(() -> outcome(authenticator, KEY) == null);
        provider.keySet = Provider.status(503);
        knownKeysOutliveTheirTime(authenticator);
        assertThat(outcome(authenticator, NEXT)).isEqualTo(Kind.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{\"keys\":7}", "<html>", "{\"keys\":[{\"kty\":\"EC\"}]}"})
    void knownKeysKeepWorkingWhenTheKeySetBecomesNonsense(String body) {
        Authenticator authenticator = authenticator(EAGER);
        until(() -> outcome(authenticator, KEY) == null);
        provider.keySet = exchange -> Provider.json(exchange, body);
        knownKeysOutliveTheirTime(authenticator);
    }

    @Test
    void aReplacedKeySetIsFetchedOnceForAnUnknownKeyIdAndNotForEveryMadeUpOne() {
        Authenticator authenticator = authenticator(CALM);
        assertThat(outcome(authenticator, KEY)).isNull();
        provider.with(NEXT);

        assertThat(outcome(authenticator, NEXT)).isNull();
        assertThat(provider.keyRequests).hasValue(2);
        assertThat(outcome(authenticator, KEY)).isEqualTo(Kind.INVALID);
        for (int i = 0; i < 20; i++) {
            assertThat(outcome(authenticator, key("made-up-" + i))).isEqualTo(Kind.INVALID);
        }
        assertThat(provider.keyRequests).hasValue(2);
        assertThat(outcome(authenticator, NEXT)).isNull();
    }

    @Test
    void aTokenOfAKnownKeyDoesNotWaitForAFetchThatAnUnknownOneCaused() throws Exception {
        Authenticator authenticator = authenticator(CALM);
        assertThat(outcome(authenticator, KEY)).isNull();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        provider.keySet = exchange -> {
            asked.countDown();
            awaited(release);
        };
        Thread unknown = new Thread(() -> outcome(authenticator, NEXT));
        unknown.start();
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(outcome(authenticator, KEY)).isNull();

        release.countDown();
        unknown.join();
    }

    @Test
    void metadataOfAnotherIssuerIsRefused() {
        provider.metadata = exchange -> Provider.json(exchange, provider.document(provider.issuer() + "/"));

        assertThat(outcome(authenticator(CALM), KEY)).isEqualTo(Kind.ISSUER_UNAVAILABLE);
        assertThat(provider.keyRequests).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://192.0.2.1/keys",
                "file:///etc/passwd",
                "http://127.0.0.1.evil.example/keys",
                "http://user@127.0.0.1:PORT/keys",
                "not a uri",
                ""
            })
    void aKeySetThatIsNeitherOverTlsNorOnThisMachineIsNotFetched(String keys) {
        provider.metadata = exchange -> Provider.json(
                exchange,
                "{\"issuer\":\"" + provider.issuer() + "\",\"jwks_uri\":\""
                        + keys.replace("PORT", Integer.toString(provider.port())) + "\"}");

        assertThat(outcome(authenticator(CALM), KEY)).isEqualTo(Kind.ISSUER_UNAVAILABLE);
    }

    @Test
    void aRedirectIsNotFollowed() {
        provider.keySet = exchange -> {
            exchange.getResponseHeaders().set("Location", "/keys");
            exchange.sendResponseHeaders(302, -1);
        };

        assertThat(outcome(authenticator(CALM), KEY)).isEqualTo(Kind.ISSUER_UNAVAILABLE);
        assertThat(provider.keyRequests).hasValue(1);
    }

    @Test
    void aKeySetOfMoreThan256KiBIsRefused() {
        String keys = new JWKSet(KEY).toString(true);
        provider.keySet = exchange -> Provider.json(exchange, keys + " ".repeat(256 * 1024 - keys.length() + 1));
        assertThat(outcome(authenticator(EAGER), KEY)).isEqualTo(Kind.ISSUER_UNAVAILABLE);

        provider.keySet = exchange -> Provider.json(exchange, keys + " ".repeat(256 * 1024 - keys.length()));
        Authenticator patient = authenticator(EAGER);
        until(() -> outcome(patient, KEY) == null);
    }

    @Test
    void anAnswerThatDripsIsGivenUp() {
        CountDownLatch release = new CountDownLatch(1);
        provider.keySet = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaited(release);
        };

        assertThat(outcome(authenticator(EAGER), KEY)).isEqualTo(Kind.ISSUER_UNAVAILABLE);
        release.countDown();
    }

    @Test
    void theLogOfAnOutageNamesTheIssuerAndNothingOfTheToken() {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        provider.keySet = Provider.status(500);
        Authenticator authenticator = authenticator(CALM);
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            outcome(authenticator, KEY);
        } finally {
            System.setErr(before);
        }

        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains(provider.issuer())
                .doesNotContain(Forge.CANARY, "eyJ", "ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://id.example.com",
                "ftp://id.example.com",
                "https://id.example.com?x=1",
                "https://id.example.com#x",
                "https://u:p@id.example.com",
                "id.example.com"
            })
    void suchAnIssuerIsRefusedAtTheStart(String name) {
        assertThatThrownBy(() -> new ExternalIssuer(name, CALM)).isInstanceOf(IllegalArgumentException.class);
    }

    private Authenticator authenticator(KeyRefresh refresh) {
        ExternalIssuer external = new ExternalIssuer(provider.issuer(), refresh);
        issuer = external;
        return authenticator(external);
    }

    private static Authenticator authenticator(ExternalIssuer external) {
        return new Authenticator(
                external, Audiences.of(URI.create(Forge.RESOURCE)), ClaimNames.STANDARD, new SetClock());
    }

    /** How a token of this key fares: null when it counts. */
    private @Nullable Kind outcome(Authenticator authenticator, ECKey key) {
        String token = Forge.es256()
                .header("kid", key.getKeyID())
                .claim("iss", provider.issuer())
                .signedBy(key);
        AuthenticationException e = catchThrowableOfType(
                AuthenticationException.class, () -> authenticator.authenticate("Bearer " + token, null, Channel.REST));
        return e == null ? null : e.kind();
    }

    /** Their token counts at every moment of twice the time for which they are kept. */
    private void knownKeysOutliveTheirTime(Authenticator authenticator) {
        long end = System.nanoTime() + EAGER.keep().multipliedBy(2).toNanos();
        until(() -> {
            assertThat(outcome(authenticator, KEY)).isNull();
            return System.nanoTime() > end;
        });
    }

    private static void until(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
