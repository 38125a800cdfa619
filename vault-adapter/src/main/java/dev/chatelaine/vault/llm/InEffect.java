package dev.chatelaine.vault.llm;

import java.util.Locale;

/**
 * The configuration that is used where none is named.
 *
 * @param name its name
 * @param reason why it is this one
 */
public record InEffect(ConfigurationName name, Reason reason) {
    /** Why a configuration is in effect. */
    public enum Reason {
        /** Somebody made it the default. */
        EXPLICIT,
        /** There is no default, and it was made last. */
        MOST_RECENT;

        /** The reason's name on the wire: {@code most_recent}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
