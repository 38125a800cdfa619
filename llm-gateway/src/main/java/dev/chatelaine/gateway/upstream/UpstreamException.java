package dev.chatelaine.gateway.upstream;

import dev.chatelaine.gateway.failure.FailureCategory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A provider did not answer. Says how, in a category; has neither a cause nor a stack, for a provider's words and the
 * addresses of connections are in them.
 */
public final class UpstreamException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureCategory category;
    private final @Nullable Integer status;
    private final transient @Nullable Duration retryAfter;
    private final transient @Nullable ProviderMessage said;

    UpstreamException(FailureCategory category) {
        this(category, null, null, null);
    }

    UpstreamException(
            FailureCategory category,
            @Nullable Integer status,
            @Nullable Duration retryAfter,
            @Nullable ProviderMessage said) {
        super("The provider did not answer: " + category.label(), null, false, false);
        this.category = category;
        this.status = status;
        this.retryAfter = retryAfter;
        this.said = said;
    }

    public FailureCategory category() {
        return category;
    }

    /** The provider's status, where there was one. */
    public @Nullable Integer status() {
        return status;
    }

    /** How long the provider asked to wait, where it did. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** What the provider said, for the caller, where the caller is to know: a bad request and nothing else. */
    public @Nullable ProviderMessage said() {
        return said;
    }
}
