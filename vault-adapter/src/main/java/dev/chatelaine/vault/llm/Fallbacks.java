package dev.chatelaine.vault.llm;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.KnownKeyShapes;
import java.util.List;

/**
 * What is asked when a configuration's own model cannot answer, in order.
 *
 * @param models up to 10, each {@code provider/model} or the name of a configuration
 */
public record Fallbacks(List<String> models) {
    /** None. */
    public static final Fallbacks NONE = new Fallbacks(List.of());

    private static final int MOST = 10;
    private static final int LONGEST = 256;

    /**
     * Checks number and length.
     *
     * @throws VaultException {@code invalid_field}
     */
    public Fallbacks {
        models = List.copyOf(models);
        if (models.size() > MOST || models.stream().anyMatch(model -> model.isEmpty() || model.length() > LONGEST)) {
            throw invalid();
        }
    }

    /**
     * The fallbacks that somebody gave: each names a known provider and its model, or a configuration (which need not
     * be there yet), and none looks like a key.
     *
     * @throws VaultException {@code invalid_field}, {@code provider_unknown}, {@code value_in_wrong_field}
     */
    public static Fallbacks of(List<String> given, Catalog catalog) {
        for (String model : given) {
            if (KnownKeyShapes.containsKey(model)) {
                throw new VaultException(
                                ErrorCode.VALUE_IN_WRONG_FIELD,
                                "A fallback looks like a key. Nothing was stored. Name a provider/model or a"
                                        + " configuration.")
                        .withField("fallbacks");
            }
            check(model, catalog);
        }
        return new Fallbacks(given);
    }

    private static void check(String model, Catalog catalog) {
        int slash = model.indexOf('/');
        try {
            if (slash < 0) {
                ConfigurationName.of(model);
            } else {
                catalog.provider(model.substring(0, slash));
                ModelName.of(model.substring(slash + 1));
            }
        } catch (VaultException e) {
            throw e.code() == ErrorCode.PROVIDER_UNKNOWN ? e.withField("fallbacks") : invalid();
        }
    }

    private static VaultException invalid() {
        return new VaultException(
                        ErrorCode.INVALID_FIELD,
                        "Fallbacks are up to 10 texts, each a provider/model (openai/gpt-4.1-mini) or the name of a"
                                + " configuration.")
                .withField("fallbacks");
    }
}
