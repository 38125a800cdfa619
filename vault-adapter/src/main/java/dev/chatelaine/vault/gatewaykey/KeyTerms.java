package dev.chatelaine.vault.gatewaykey;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.llm.Fallbacks;
import dev.chatelaine.vault.provider.Catalog;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checks of what somebody wants a gateway key to be. Safe for several threads. */
final class KeyTerms {
    private final Catalog catalog;
    private final Clock clock;

    KeyTerms(Catalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /** The patterns as they are kept: lines. */
    @Nullable
    String models(@Nullable List<String> given) {
        return given == null
                ? null
                : String.join("\n", ModelPatterns.of(given, catalog).globs());
    }

    @Nullable
    String fallback(@Nullable String given) {
        try {
            return given == null
                    ? null
                    : Fallbacks.of(List.of(given), catalog).models().get(0);
        } catch (VaultException e) {
            throw e.withField("fallback_model");
        }
    }

    @Nullable
    Long end(@Nullable Instant given) {
        if (given == null) {
            return null;
        }
        if (!given.isAfter(clock.instant()) || given.isAfter(Instant.parse("9999-12-31T23:59:59Z"))) {
            throw new VaultException(ErrorCode.INVALID_FIELD, "A key's end is in the future, or left out for none.")
                    .withField("expires_at");
        }
        return given.toEpochMilli();
    }
}
