package dev.chatelaine.vault.entry;

import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.secret.Category;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.secret.SecretName;
import org.jspecify.annotations.Nullable;

/**
 * What a person is asked to enter, and what becomes of it.
 *
 * @param purpose what is done with the value
 * @param name of the secret or the LLM configuration; of what is there already, its id is as good
 * @param category the category that a new secret shall have, or null where nobody said
 * @param description the description that a new secret shall have, or null where nobody said
 */
public record EntryRequest(
        Purpose purpose,
        String name,
        @Nullable Category category,
        @Nullable Description description) {

    /** A new secret. */
    public static EntryRequest create(SecretName name, @Nullable Category category, @Nullable Description description) {
        return new EntryRequest(Purpose.CREATE_SECRET, name.value(), category, description);
    }

    /** A secret's next version. */
    public static EntryRequest update(SecretName nameOrId) {
        return new EntryRequest(Purpose.UPDATE_SECRET, nameOrId.value(), null, null);
    }

    /** The key of an LLM configuration. */
    public static EntryRequest setKey(ConfigurationName nameOrId) {
        return new EntryRequest(Purpose.SET_KEY, nameOrId.value(), null, null);
    }
}
