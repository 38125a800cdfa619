package dev.chatelaine.http.entry;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The token of a form: HMAC-SHA-256 of its ticket under a key that pages of other sites do not have. It keeps them from
 * sending the form in a person's name.
 */
final class FormToken {
    private static final String ALGORITHM = "HmacSHA256";

    private FormToken() {}

    static String of(byte[] key, String ticket) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] code = mac.doFinal(("entry form\n" + ticket).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }

    static boolean isRight(String given, byte[] key, String ticket) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), of(key, ticket).getBytes(StandardCharsets.UTF_8));
    }
}
