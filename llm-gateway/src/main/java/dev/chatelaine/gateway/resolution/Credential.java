package dev.chatelaine.gateway.resolution;

import java.util.Locale;
import java.util.Objects;

/**
 * Whose key a candidate is asked with; not the key itself, which is opened for each request by {@link KeySource#open}.
 *
 * @param source where the key is kept
 * @param candidate what it would be used for
 */
public record Credential(Source source, Candidate candidate) {
    public Credential {
        Objects.requireNonNull(source);
    }

    /** Where keys are kept. */
    public enum Source {
        /** With the candidate's configuration. */
        CONFIGURATION(Payer.BYOK),
        /** In the tenant's provider key. */
        TENANT(Payer.BYOK),
        /** Nowhere: the provider needs none, as a local Ollama. */
        NONE(Payer.BYOK),
        /** In the pool. */
        POOL(Payer.POOL);

        private final Payer payer;

        Source(Payer payer) {
            this.payer = payer;
        }
    }

    /** Who pays the provider. */
    public enum Payer {
        BYOK,
        POOL;

        /** As it is written in headers and in usage: {@code byok}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Payer payer() {
        return source.payer;
    }
}
