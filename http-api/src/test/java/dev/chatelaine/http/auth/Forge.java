package dev.chatelaine.http.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes tokens by hand, member by member, so that they may say anything. */
final class Forge {
    static final String RESOURCE = "https://vault.example.com/mcp";
    static final String CANARY = "canary-5d1f0a9c";

    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, @Nullable Object> header = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> claims = new TreeMap<>();

    private Forge(String algorithm, String keyId) {
        header.put("alg", algorithm);
        header.put("kid", keyId);
        header.put("typ", "at+jwt");
        long now = SetClock.START.getEpochSecond();
        claims.put("iss", TestKeys.ISSUER);
        claims.put("aud", RESOURCE);
        claims.put("sub", "ada");
        claims.put("iat", now);
        claims.put("exp", now + 600);
        claims.put("tenant", "acme");
        claims.put("roles", "member");
        claims.put("jti", CANARY);
    }

    static Forge es256() {
        return new Forge("ES256", "ec");
    }

    static Forge rs256() {
        return new Forge("RS256", "rsa");
    }

    static Forge edDsa() {
        return new Forge("EdDSA", "ed");
    }

    Forge header(String name, @Nullable Object value) {
        put(header, name, value);
        return this;
    }

    Forge claim(String name, @Nullable Object value) {
        put(claims, name, value);
        return this;
    }

    /** Null takes the member away. */
    private static void put(Map<String, @Nullable Object> members, String name, @Nullable Object value) {
        if (value == null) {
            members.remove(name);
        } else {
            members.put(name, value);
        }
    }

    String claimsJson() {
        return JSON.writeValueAsString(claims);
    }

    String headerJson() {
        return JSON.writeValueAsString(header);
    }

    String signedBy(JWK key) {
        return signed(headerJson(), claimsJson(), key);
    }

    static String signed(String header, String claims, JWK key) {
        String input = encoded(header.getBytes(UTF_8)) + "." + encoded(claims.getBytes(UTF_8));
        try {
            var signer = TestKeys.signer(key);
            JWSAlgorithm algorithm = key.getKeyType().getValue().equals("RSA")
                    ? JWSAlgorithm.RS256
                    : key.getKeyType().getValue().equals("EC") ? JWSAlgorithm.ES256 : JWSAlgorithm.EdDSA;
            return input + "." + signer.sign(new JWSHeader(algorithm), input.getBytes(UTF_8));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
