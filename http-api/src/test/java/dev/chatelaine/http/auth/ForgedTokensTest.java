package dev.chatelaine.http.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.chatelaine.http.auth.AuthenticationException.Kind;
import dev.chatelaine.vault.access.Channel;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ForgedTokensTest {
    private static final TestKeys KEYS = new TestKeys();
    private static final ECKey ANOTHER = anotherKey();

    private final Authenticator authenticator =
            new Authenticator(KEYS, Audiences.of(URI.create(Forge.RESOURCE)), ClaimNames.STANDARD, new SetClock());

    @BeforeEach
    void forget() {
        KEYS.asked.set(0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedByTheirHeader")
    void aTokenIsRefusedBeforeAKeyIsLookedUp(String name, String token) {
        assertThat(refused(token)).isEqualTo(Kind.INVALID);
        assertThat(KEYS.asked).hasValue(0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"refusedByTheirSignature", "refusedByTheirClaims"})
    void aTokenIsRefusedByItsSignatureOrItsClaims(String name, String token) {
        assertThat(refused(token)).isEqualTo(Kind.INVALID);
        assertThat(KEYS.asked).hasValue(1);
    }

    static Stream<Arguments> refusedByTheirHeader() throws Exception {
        String good = Forge.es256().signedBy(KEYS.ec);
        String unsigned = good.substring(0, good.lastIndexOf('.') + 1);
        Map<String, Object> embedded = ANOTHER.toPublicJWK().toJSONObject();
        return Stream.of(
                arguments("alg none", none("none")),
                arguments("alg NonE", none("NonE")),
                arguments(
                        "alg none, signed", Forge.es256().header("alg", "none").signedBy(KEYS.ec)),
                arguments("HS256 signed with the public key", hmacWithPublicKey()),
                arguments("alg absent", Forge.es256().header("alg", null).signedBy(KEYS.ec)),
                arguments("alg a number", Forge.es256().header("alg", 256).signedBy(KEYS.ec)),
                arguments(
                        "alg in lower case",
                        Forge.es256().header("alg", "es256").signedBy(KEYS.ec)),
                arguments("RS512", Forge.rs256().header("alg", "RS512").signedBy(KEYS.rsa)),
                arguments("embedded jwk", Forge.es256().header("jwk", embedded).signedBy(ANOTHER)),
                arguments(
                        "jku",
                        Forge.es256().header("jku", "https://evil.example/jwks").signedBy(ANOTHER)),
                arguments(
                        "x5u",
                        Forge.es256().header("x5u", "https://evil.example/pem").signedBy(ANOTHER)),
                arguments("x5c", Forge.es256().header("x5c", List.of("MIIB")).signedBy(ANOTHER)),
                arguments(
                        "jku beside a good signature",
                        Forge.es256().header("jku", "https://x.example").signedBy(KEYS.ec)),
                arguments(
                        "crit",
                        Forge.es256()
                                .header("crit", List.of("exp"))
                                .header("exp", 1)
                                .signedBy(KEYS.ec)),
                arguments("crit, empty", Forge.es256().header("crit", List.of()).signedBy(KEYS.ec)),
                arguments("b64", Forge.es256().header("b64", false).signedBy(KEYS.ec)),
                arguments("nested", Forge.es256().header("cty", "JWT").signedBy(KEYS.ec)),
                arguments("encrypted", Forge.es256().header("enc", "A256GCM").signedBy(KEYS.ec)),
                arguments("five parts", good + ".AA.AA"),
                arguments(
                        "typ of an ID token",
                        Forge.es256().header("typ", "id_token").signedBy(KEYS.ec)),
                arguments(
                        "typ of a logout token",
                        Forge.es256().header("typ", "logout+jwt").signedBy(KEYS.ec)),
                arguments(
                        "kid not text",
                        Forge.es256().header("kid", List.of("ec")).signedBy(KEYS.ec)),
                arguments(
                        "duplicate alg",
                        Forge.signed(
                                "{\"alg\":\"none\",\"alg\":\"ES256\",\"kid\":\"ec\"}",
                                Forge.es256().claimsJson(),
                                KEYS.ec)),
                arguments("header not an object", Forge.signed("[\"ES256\"]", "{}", KEYS.ec)),
                arguments("header with something after it", Forge.signed("{\"alg\":\"ES256\"} {}", "{}", KEYS.ec)),
                arguments(
                        "header nested 1000 deep",
                        Forge.signed(
                                "{\"alg\":\"ES256\",\"a\":" + "[".repeat(1000) + "]".repeat(1000) + "}",
                                "{}",
                                KEYS.ec)),
                arguments("empty signature", unsigned),
                arguments("no signature", unsigned.substring(0, unsigned.length() - 1)),
                arguments("trailing dot", good + "."),
                arguments("garbage after a dot", good + ".garbage"),
                arguments("padding", good + "="),
                arguments("signature in another spelling", respelled(good)),
                arguments("not base64", "e30!.e30.AA"),
                arguments("not a token", Forge.CANARY),
                arguments("two tokens", good + "," + good),
                arguments(
                        "16 KiB and more",
                        Forge.es256().claim("pad", "x".repeat(16 * 1024)).signedBy(KEYS.ec)));
    }

    static Stream<Arguments> refusedByTheirSignature() {
        String good = Forge.es256().signedBy(KEYS.ec);
        String claims = Forge.encoded(
                Forge.es256().claim("tenant", "other").claimsJson().getBytes(UTF_8));
        String[] parts = good.split("\\.", -1);
        return Stream.of(
                arguments("another key with the same id", Forge.es256().signedBy(ANOTHER)),
                arguments(
                        "RSA of 1024 bits", Forge.rs256().header("kid", "short").signedBy(KEYS.shortRsa)),
                arguments("changed claims", parts[0] + "." + claims + "." + parts[2]),
                arguments("changed signature", parts[0] + "." + parts[1] + "." + flipped(parts[2])),
                arguments("signature of zeros", parts[0] + "." + parts[1] + "." + Forge.encoded(new byte[64])),
                arguments(
                        "signature in DER",
                        parts[0] + "." + parts[1] + "." + Forge.encoded(new byte[] {48, 6, 2, 1, 1, 2, 1, 1})),
                arguments(
                        "algorithm of another key",
                        Forge.rs256().header("kid", "ec").signedBy(KEYS.ec)),
                arguments(
                        "kid that is a path",
                        Forge.es256().header("kid", "../../etc/passwd").signedBy(KEYS.ec)),
                arguments(
                        "kid that is SQL",
                        Forge.es256().header("kid", "' OR 1=1").signedBy(KEYS.ec)),
                arguments("kid that is empty", Forge.es256().header("kid", "").signedBy(KEYS.ec)),
                arguments(
                        "kid of 8 KiB",
                        Forge.es256().header("kid", "k".repeat(8192)).signedBy(KEYS.ec)),
                arguments(
                        "kid of /dev/null, HMAC-like",
                        Forge.es256().header("kid", "/dev/null").signedBy(ANOTHER)));
    }

    static Stream<Arguments> refusedByTheirClaims() {
        return Stream.of(
                arguments("another issuer", claim("iss", "https://evil.example")),
                arguments("issuer with a slash more", claim("iss", TestKeys.ISSUER + "/")),
                arguments("no issuer", claim("iss", null)),
                arguments("issuers in an array", claim("iss", List.of(TestKeys.ISSUER))),
                arguments("another audience", claim("aud", "https://other.example.com/mcp")),
                arguments("audience that begins alike", claim("aud", Forge.RESOURCE + ".evil.example")),
                arguments("no audience", claim("aud", null)),
                arguments("empty audience", claim("aud", List.of())),
                arguments("audience with a number", claim("aud", List.of(1, Forge.RESOURCE))),
                arguments("no expiry", claim("exp", null)),
                arguments("expiry as text", claim("exp", "2099-01-01")),
                arguments(
                        "expiry without end",
                        Forge.signed(
                                Forge.es256().headerJson(),
                                Forge.es256().claimsJson().replaceFirst("\"exp\":\\d+", "\"exp\":1e999"),
                                KEYS.ec)),
                arguments("negative expiry", claim("exp", -1)),
                arguments("no subject", claim("sub", null)),
                arguments("blank subject", claim("sub", " ")),
                arguments("subject with a line break", claim("sub", "ada\nadmin")),
                arguments("subject of 256 characters", claim("sub", "a".repeat(256))),
                arguments(
                        "ID token by its audience",
                        Forge.es256()
                                .header("typ", "JWT")
                                .claim("aud", "client-1")
                                .claim("nonce", "n")
                                .signedBy(KEYS.ec)),
                arguments(
                        "ID token with nonce",
                        Forge.es256().header("typ", "JWT").claim("nonce", "n").signedBy(KEYS.ec)),
                arguments(
                        "ID token without typ",
                        Forge.es256().header("typ", null).claim("nonce", "n").signedBy(KEYS.ec)),
                arguments("ID token with at_hash", claim("at_hash", "x")),
                arguments("ID token by Keycloak's claim", claim("typ", "ID")),
                arguments("tenant that is a number", claim("tenant", 7)),
                arguments("roles that are an object", claim("roles", Map.of("owner", true))),
                arguments(
                        "duplicate sub",
                        Forge.signed(
                                Forge.es256().headerJson(),
                                Forge.es256().claimsJson().replace("\"sub\"", "\"sub\":\"root\",\"sub\""),
                                KEYS.ec)),
                arguments(
                        "duplicate in a nested object",
                        Forge.signed(
                                Forge.es256().headerJson(),
                                Forge.es256().claimsJson().replaceFirst("\\{", "{\"act\":{\"a\":1,\"a\":2},"),
                                KEYS.ec)),
                arguments("claims not an object", Forge.signed(Forge.es256().headerJson(), "\"ada\"", KEYS.ec)),
                arguments("claims not UTF-8", notUtf8()));
    }

    private Kind refused(String token) {
        AuthenticationException e = catchThrowableOfType(
                AuthenticationException.class, () -> authenticator.authenticate("Bearer " + token, null, Channel.REST));
        assertThat(e).isNotNull().hasNoCause();
        assertThat(e.text()).matches("[ !#-\\[\\]-~]+").doesNotContain(Forge.CANARY);
        assertThat(e.getSuppressed()).isEmpty();
        for (String part : token.split("\\.", -1)) {
            assertThat(part.isEmpty() || !e.toString().contains(part)).isTrue();
        }
        return e.kind();
    }

    private static String claim(String name, @org.jspecify.annotations.Nullable Object value) {
        return Forge.es256().claim(name, value).signedBy(KEYS.ec);
    }

    private static String none(String algorithm) {
        Forge forge = Forge.es256().header("alg", algorithm);
        return Forge.encoded(forge.headerJson().getBytes(UTF_8)) + "."
                + Forge.encoded(forge.claimsJson().getBytes(UTF_8)) + ".";
    }

    private static String hmacWithPublicKey() throws Exception {
        Forge forge = Forge.rs256().header("alg", "HS256");
        String input = Forge.encoded(forge.headerJson().getBytes(UTF_8)) + "."
                + Forge.encoded(forge.claimsJson().getBytes(UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEYS.rsa.toRSAPublicKey().getEncoded(), "HmacSHA256"));
        return input + "." + Forge.encoded(mac.doFinal(input.getBytes(UTF_8)));
    }

    private static String flipped(String signature) {
        return (signature.charAt(0) == 'A' ? 'B' : 'A') + signature.substring(1);
    }

    /** The last character of 64 bytes carries two bits and four that decoders throw away. */
    private static String respelled(String token) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(token.charAt(token.length() - 1));
        return token.substring(0, token.length() - 1) + alphabet.charAt(last + 1);
    }

    private static String notUtf8() {
        byte[] claims = Forge.es256()
                .claim("jti", "\u00e9")
                .claimsJson()
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        String input = Forge.encoded(Forge.es256().headerJson().getBytes(UTF_8)) + "." + Forge.encoded(claims);
        try {
            return input + "."
                    + TestKeys.signer(KEYS.ec)
                            .sign(
                                    new com.nimbusds.jose.JWSHeader(com.nimbusds.jose.JWSAlgorithm.ES256),
                                    input.getBytes(UTF_8));
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static ECKey anotherKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
