package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.crypto.PlacedValue;

/**
 * A living secret's current value as it is on disk.
 *
 * @param id {@code sec_…}
 * @param value the value
 */
public record SealedSecret(String id, PlacedValue value) {}
