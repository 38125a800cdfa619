package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.util.Arrays;
import java.util.Locale;

/** What usage is added up by. */
public enum UsageGrouping {
    /** {@code openai/gpt-4.1-mini}. */
    MODEL("provider || '/' || model"),
    PROVIDER("provider"),
    /** Keys by their ids; requests without one are a group without a name. */
    GATEWAY_KEY("key_id"),
    /** LLM configurations by the names that they had; requests without one are a group without a name. */
    CONFIG("configuration"),
    /** {@code byok}, {@code pool}, {@code none}. */
    CREDENTIAL("credential"),
    /** Days (UTC) in order: {@code 2026-11-22}. */
    DAY("at / 86400000");

    private final String expression;

    UsageGrouping(String expression) {
        this.expression = expression;
    }

    /** The name in requests: {@code gateway_key}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The grouping of that name.
     *
     * @throws VaultException {@code invalid_field}
     */
    public static UsageGrouping of(String label) {
        return Arrays.stream(values())
                .filter(grouping -> grouping.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new VaultException(
                                ErrorCode.INVALID_FIELD,
                                "Usage is grouped by model, provider, gateway_key, config, credential or day.")
                        .withField("group_by"));
    }

    /** Its group of a record, as SQL. */
    String expression() {
        return expression;
    }
}
