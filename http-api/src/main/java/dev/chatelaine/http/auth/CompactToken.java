package dev.chatelaine.http.auth;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A token taken apart and not yet believed: three parts in the compact serialisation (RFC 7515, section 7.1), each in
 * its one canonical base64url spelling, with a header that {@link HeaderRules} lets pass.
 *
 * @param header the header
 * @param signed what was signed, in ASCII
 * @param signature the signature, not empty
 * @param payload the claims
 */
record CompactToken(JWSHeader header, String signed, Base64URL signature, Base64URL payload) {
    /** The longest token, in characters. */
    static final int LONGEST = 16 * 1024;

    private static final Pattern BEARER = Pattern.compile("Bearer +(\\S+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern BEARER_ALONE = Pattern.compile("Bearer *", Pattern.CASE_INSENSITIVE);
    private static final int PARTS = 3;

    /**
     * The token in an {@code Authorization} header (RFC 6750, section 2.1).
     *
     * @throws AuthenticationException {@code token_missing} without a bearer token, {@code token_invalid} when it
     *     cannot be one that counts
     */
    static CompactToken from(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Bearer", 0, "Bearer".length())) {
            throw missing();
        }
        if (authorization.length() > LONGEST + "Bearer ".length()) {
            throw AuthenticationException.invalid("The token is longer than 16 KiB.");
        }
        if (BEARER_ALONE.matcher(authorization).matches()) {
            throw missing();
        }
        Matcher bearer = BEARER.matcher(authorization);
        if (!bearer.matches()) {
            throw malformed();
        }
        return parse(bearer.group(1));
    }

    byte[] signingInput() {
        return signed.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The token that this text is.
     *
     * @throws AuthenticationException {@code token_invalid} when it cannot be one that counts
     */
    static CompactToken parse(String compact) {
        List<String> parts = List.of(compact.split("\\.", -1));
        if (parts.size() != PARTS) {
            throw malformed();
        }
        byte[] header = decoded(parts.get(0));
        decoded(parts.get(1));
        decoded(parts.get(2));
        return new CompactToken(
                header(header),
                compact.substring(0, compact.lastIndexOf('.')),
                new Base64URL(parts.get(2)),
                new Base64URL(parts.get(1)));
    }

    private static JWSHeader header(byte[] utf8) {
        JsonNode json = StrictJson.object(utf8).orElseThrow(CompactToken::malformed);
        HeaderRules.check(json);
        try {
            return JWSHeader.parse(Base64URL.encode(utf8));
        } catch (ParseException | IllegalArgumentException e) {
            throw malformed();
        }
    }

    /** Bits that a spelling leaves over are zero, or one token could be written in several ways. */
    private static byte[] decoded(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (bytes.length > 0
                    && Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // As below.
        }
        throw malformed();
    }

    private static AuthenticationException missing() {
        return new AuthenticationException(
                AuthenticationException.Kind.MISSING, "Send a bearer token in the Authorization header.");
    }

    private static AuthenticationException malformed() {
        return AuthenticationException.invalid("The token is not a signed JWT in the compact form.");
    }

    @Override
    public String toString() {
        return "CompactToken[redacted]";
    }
}
