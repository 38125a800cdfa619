package dev.chatelaine.http.auth;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import java.util.List;

/** The one issuer whose tokens count, and its keys. Safe for several threads. */
public interface TrustedIssuer extends AutoCloseable {

    /** What {@code iss} must be, to the character. */
    String issuer();

    /**
     * The issuer's keys that fit a header's algorithm and key id; empty when none does.
     *
     * @throws AuthenticationException {@code issuer_unavailable} when no key is known and none can be fetched
     */
    List<JWK> keys(JWSHeader header);

    @Override
    default void close() {}
}
