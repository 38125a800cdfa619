package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.PlainText;
import dev.chatelaine.vault.provider.ProviderId;
import org.jspecify.annotations.Nullable;

/**
 * What a request is about to ask, and what that may cost at worst.
 *
 * @param provider who is asked
 * @param model for what, as the provider names it
 * @param configuration the name of the LLM configuration that it comes from, if it does
 * @param credential whose key it goes out with; not {@link CredentialSource#NONE}
 * @param worst the tokens of the prompt, as estimated from above, and the longest answer there can be
 * @param microUsd what that costs, 0 or more; null where the model's price is not known
 */
public record Quote(
        ProviderId provider,
        String model,
        @Nullable String configuration,
        CredentialSource credential,
        Tokens worst,
        @Nullable Long microUsd) {
    /** What is beyond so many characters of a model's or a configuration's name is cut off. */
    static final int LONGEST_NAME = 200;

    public Quote {
        if (credential == CredentialSource.NONE || (microUsd != null && microUsd < 0)) {
            throw new IllegalArgumentException("a quote has a credential and a price of 0 or more");
        }
        model = PlainText.of(model, LONGEST_NAME);
        configuration = configuration == null ? null : PlainText.of(configuration, LONGEST_NAME);
        worst = worst.atMost(Ledger.MOST);
        microUsd = microUsd == null ? null : Long.valueOf(Math.min(microUsd, Ledger.MOST));
    }

    /** The model as it is written in requests: {@code openai/gpt-4.1-mini}. */
    public String modelId() {
        return provider + "/" + model;
    }
}
