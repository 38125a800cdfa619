package dev.chatelaine.vault.access;

/** Where refusals are written down. */
@FunctionalInterface
public interface Denials {
    /**
     * Writes that an actor was refused.
     *
     * @param action what was asked, such as {@code secret.create}
     * @param target what it was asked of: a name, never a value
     */
    void record(Actor actor, String action, String target);
}
