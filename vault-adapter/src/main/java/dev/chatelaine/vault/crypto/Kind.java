package dev.chatelaine.vault.crypto;

import java.util.Locale;

/** What a sealed value is; part of what it is bound to. The names are on disk: never renamed, never used again. */
public enum Kind {
    /** A version of a secret. */
    SECRET,
    /** The key of an LLM configuration. */
    LLM_KEY,
    /** A value of a bundle. */
    BUNDLE_VALUE,
    /** A value that a running session was given. */
    SESSION_SNAPSHOT,
    /** A provider key of the pool. */
    POOL_KEY,
    /** A tenant's encryption keyset, sealed by the root keyring. */
    TENANT_KEYRING,
    /** A tenant's audit keyset, sealed by the root keyring. */
    AUDIT_KEYRING,
    /** The proof that a root keyring is the vault's own. */
    ROOT_CHECK,
    /** The private part of a key that signs tokens, sealed by the root keyring. */
    TOKEN_KEY,
    /** Its public part, sealed by the root keyring so that nobody can put another in its place. */
    TOKEN_PUBLIC_KEY;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
