/**
 * Sealing and opening, and the custody of keys. Two levels of Tink keyrings: a root keyring from outside the database
 * seals one keyring per tenant, and a tenant's keyring seals that tenant's values, each bound to its place. No key and
 * no Tink type leaves this package; a value leaves it only as {@link dev.chatelaine.vault.crypto.SecretValue}.
 */
@NullMarked
package dev.chatelaine.vault.crypto;

import org.jspecify.annotations.NullMarked;
