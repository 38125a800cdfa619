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

    /** The argument in which a call could have given the value. */
    String field() {
        return purpose == Purpose.SET_KEY ? "api_key" : "value";
    }

    /**
     * The command with which a person enters the value in a terminal. It holds no description: names and categories
     * have no character that a shell would read as anything but text, a description may have any.
     */
    String command() {
        if (purpose == Purpose.SET_KEY) {
            return "chatelaine llm set-key " + name;
        }
        String command = "chatelaine secret set " + name;
        return category == null ? command : command + " --category " + category.label();
    }
}
