package dev.chatelaine.vault;

import java.security.SecureRandom;

/** Makes record ids: a prefix and 26 characters of Crockford's base 32, 130 random bits. Safe for several threads. */
public final class Ids {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 26;

    private final SecureRandom random;

    /** Ids from this generator. */
    public Ids(SecureRandom random) {
        this.random = random;
    }

    /** A new id: {@code sec_0f3k…}. */
    public String next(String prefix) {
        StringBuilder id = new StringBuilder(prefix);
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
