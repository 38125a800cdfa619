package dev.chatelaine.mcp.tool;

import dev.chatelaine.vault.secret.Category;
import dev.chatelaine.vault.secret.Description;
import org.jspecify.annotations.Nullable;

/**
 * What a person is asked to enter, and what becomes of it.
 *
 * @param purpose what is done with the value
 * @param name of the secret or the LLM configuration, checked
 * @param category the category that the secret shall have, or null where the call did not say
 * @param description the description that the secret shall have, or null where the call did not say
 */
public record EntryRequest(
        Purpose purpose,
        String name,
        @Nullable Category category,
        @Nullable Description description) {

    /** What is done with an entered value. */
    public enum Purpose {
        /** It becomes a new secret. */
        CREATE_SECRET,
        /** It becomes a secret's next version. */
        UPDATE_SECRET,
        /** It becomes the key of an LLM configuration. */
        SET_KEY
    }
}
