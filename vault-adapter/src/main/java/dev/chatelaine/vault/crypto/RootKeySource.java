package dev.chatelaine.vault.crypto;

import dev.chatelaine.vault.VaultException;
import java.util.Optional;

/**
 * Custody of the root key: a file, the environment, a key management service. Safe for several threads and processes.
 */
public interface RootKeySource {

    /**
     * Reads the keys as they are now.
     *
     * @return empty when there are none yet
     * @throws VaultException {@code vault_unavailable} when they are there and cannot be used, saying why
     */
    Optional<RootKeys> find();

    /**
     * Makes the first key, unless another process was faster, and returns what is in force then.
     *
     * @throws VaultException {@code vault_unavailable} when it cannot be kept
     */
    RootKeys create();

    /**
     * Adds a key and makes it the primary. It is kept durably before this returns.
     *
     * @throws VaultException {@code vault_unavailable} when the source is not ours to change; the message says how its
     *     keeper adds a key
     */
    RootKeys addPrimary();

    /** Where the keys are, for messages: a path or a variable's name. */
    String location();
}
