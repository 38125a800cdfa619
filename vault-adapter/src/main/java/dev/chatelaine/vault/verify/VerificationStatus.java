package dev.chatelaine.vault.verify;

import java.util.Locale;

/** What a provider said about a key. */
public enum VerificationStatus {
    /** It answered a request with this key. */
    VALID,
    /** It refused the key. */
    INVALID,
    /** It could not be asked, or answered something that says nothing about the key. */
    UNREACHABLE,
    /** It has no request that would tell. */
    UNSUPPORTED;

    /** The status as it is written on the wire: {@code valid}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
