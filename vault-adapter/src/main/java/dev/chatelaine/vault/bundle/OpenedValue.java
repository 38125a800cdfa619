package dev.chatelaine.vault.bundle;

import dev.chatelaine.vault.crypto.SecretValue;

/**
 * A value that was opened for a program that runs with it.
 *
 * @param bundle where it is from
 * @param key the variable that holds it
 * @param value the value
 */
public record OpenedValue(BundleName bundle, KeyName key, SecretValue value) {}
