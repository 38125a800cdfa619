package dev.chatelaine.vault;

import dev.chatelaine.vault.crypto.RootKeySource;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.store.DatabaseLocation;
import dev.chatelaine.vault.verify.KeyVerifier;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * What a vault is opened with.
 *
 * @param database where the database is
 * @param rootKey where the root key is kept
 * @param catalog providers and plans
 * @param endpoints where base URLs may point
 * @param verifier what asks providers about keys
 * @param clock what tells the time
 * @param random what ids are made from
 */
public record VaultOptions(
        DatabaseLocation database,
        RootKeySource rootKey,
        Catalog catalog,
        EndpointPolicy endpoints,
        KeyVerifier verifier,
        Clock clock,
        SecureRandom random) {}
