package dev.chatelaine.http.openid;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One sign-in under way, as its browser keeps it. State, nonce and verifier are HMACs of when it began and where it
 * leads, keyed with its secret: who changes either of these in the cookie has another state than the provider gives back.
 *
 * @param secret 256 random bits, in base64url
 * @param began when, to the millisecond
 * @param next where the person goes afterwards
 */
public record SignInAttempt(String secret, Instant began, String next) {
    /** How long a sign-in may take. */
    public static final Duration LIFE = Duration.ofMinutes(10);

    private static final Pattern SHAPE =
            Pattern.compile("([A-Za-z0-9_-]{43})\\.([0-9]{1,15})\\.([A-Za-z0-9_-]{1,1400})");
    private static final int BYTES = 32;

    static SignInAttempt begin(SecureRandom random, Instant now, String next) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new SignInAttempt(text(bytes), Instant.ofEpochMilli(now.toEpochMilli()), next);
    }

    /** The attempt in a cookie; empty where there is none, or it began too long ago. */
    static Optional<SignInAttempt> read(String cookie, Instant now) {
        Matcher parts = SHAPE.matcher(cookie);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            String next = new String(Base64.getUrlDecoder().decode(parts.group(3)), StandardCharsets.UTF_8);
            SignInAttempt attempt =
                    new SignInAttempt(parts.group(1), Instant.ofEpochMilli(Long.parseLong(parts.group(2))), next);
            return Optional.of(attempt).filter(found -> found.isOpen(now));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What the browser is to keep. */
    public String cookie() {
        return secret + "." + began.toEpochMilli() + "." + text(next.getBytes(StandardCharsets.UTF_8));
    }

    /** Until when it can be finished. */
    public Instant until() {
        return began.plus(LIFE);
    }

    String state() {
        return derived("state");
    }

    String nonce() {
        return derived("nonce");
    }

    String verifier() {
        return derived("verifier");
    }

    boolean hasState(String given) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), state().getBytes(StandardCharsets.UTF_8));
    }

    private boolean isOpen(Instant now) {
        return !now.isBefore(began) && now.isBefore(until());
    }

    private String derived(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
            String input = purpose + "\n" + began.toEpochMilli() + "\n" + next;
            return text(mac.doFinal(input.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "SignInAttempt[redacted]";
    }
}
