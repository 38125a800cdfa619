package dev.chatelaine.vault.upstreamkey;

import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.KeyStatus;

/**
 * A key that was opened for one request, to be dropped with it.
 *
 * @param choice which it is
 * @param version tells it from those that were in its place before and after
 * @param status what was known of it when it was opened
 * @param value the key; not shown
 */
public record OpenedKey(KeyChoice choice, long version, KeyStatus status, SecretValue value) {
    @Override
    public String toString() {
        return "OpenedKey[" + choice + ", version=" + version + ", status=" + status.label() + "]";
    }
}
