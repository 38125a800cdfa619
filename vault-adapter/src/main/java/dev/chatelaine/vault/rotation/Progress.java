package dev.chatelaine.vault.rotation;

/** Hears how far a rotation has come, after each of its steps and in its thread. */
@FunctionalInterface
public interface Progress {
    /** So many of about so many are done; others may add to the whole meanwhile. */
    void step(long done, long whole);
}
