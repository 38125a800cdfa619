package dev.chatelaine.vault.entry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** A ticket's text: 256 random bits. With that many, a plain SHA-256 of it cannot be searched for its text. */
record TicketSecret(String text) {
    private static final int BYTES = 32;

    static TicketSecret next(SecureRandom random) {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        return new TicketSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** Under which a ticket is found. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "TicketSecret[redacted]";
    }
}
