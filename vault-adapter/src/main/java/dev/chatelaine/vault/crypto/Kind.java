package dev.chatelaine.vault.crypto;

import java.util.Locale;

/** What a sealed value is; part of what it is bound to. The names are on disk: never renamed, never used again. */
public enum Kind {
    /** A version of a secret. */
    SECRET,
    /** The key of an LLM configuration. */
    LLM_KEY,
    /** A tenant's encryption keyset, sealed by the root keyring. */
    TENANT_KEYRING,
    /** A tenant's audit keyset, sealed by the root keyring. */
    AUDIT_KEYRING,
    /** The proof that a root keyring is the vault's own. */
    ROOT_CHECK;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
