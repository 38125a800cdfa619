package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.util.Arrays;
import java.util.Locale;

/** What a secret is used for. */
public enum Category {
    API_KEY,
    API,
    LLM_PROVIDER,
    DATABASE,
    CUSTOM;

    /** The category's name on the wire: {@code api_key}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The category of that name.
     *
     * @throws VaultException {@code invalid_field}
     */
    public static Category of(String label) {
        return Arrays.stream(values())
                .filter(category -> category.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new VaultException(
                                ErrorCode.INVALID_FIELD,
                                "The category is one of api_key, api, llm_provider, database, custom.")
                        .withField("category"));
    }
}
