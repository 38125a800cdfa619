package dev.chatelaine.vault.rotation;

import java.util.List;

/**
 * What a rotation did.
 *
 * @param resumed whether it finished one that had been interrupted, instead of adding a new key
 * @param resealed how many things it sealed anew: tenants' keyrings and keys that sign tokens, or values
 * @param keyId the id of the key that seals now
 * @param damaged the records that did not open and were left as they are; empty when all is well
 */
public record RotationResult(boolean resumed, long resealed, long keyId, List<String> damaged) {
    public RotationResult {
        damaged = List.copyOf(damaged);
    }
}
