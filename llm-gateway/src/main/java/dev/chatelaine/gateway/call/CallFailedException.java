package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.failure.Attempt;
import dev.chatelaine.gateway.failure.Attempts;
import dev.chatelaine.gateway.failure.FailureCategory;
import dev.chatelaine.gateway.failure.Reaction;
import dev.chatelaine.gateway.upstream.ProviderMessage;
import dev.chatelaine.gateway.upstream.UpstreamException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nobody answered, or somebody said that the request cannot be met. Knows categories, and no provider's words but those. */
public final class CallFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String NOBODY = "No provider could answer. What was tried is listed in attempts.";

    private final String requestId;
    private final transient Attempts attempts;
    private final FailureCategory category;
    private final int status;
    private final transient @Nullable Duration retryAfter;
    private final transient @Nullable ProviderMessage said;

    CallFailedException(String requestId, Attempts attempts, UpstreamException last) {
        super(NOBODY, null, false, false);
        this.requestId = requestId;
        this.attempts = attempts;
        this.category = last.category();
        Integer provider = last.status();
        this.status = provider != null && provider >= 400 && category.reaction() == Reaction.RETURN
                ? provider
                : category.status();
        this.retryAfter = last.retryAfter();
        this.said = last.said();
    }

    /** The request's id, under which its usage is recorded. */
    public String requestId() {
        return requestId;
    }

    /** What was tried, oldest first. */
    public List<Attempt> attempts() {
        return attempts.list();
    }

    /** How the last attempt failed. */
    public FailureCategory category() {
        return category;
    }

    /** The HTTP status for the caller: the provider's own where the request is at fault. */
    public int status() {
        return status;
    }

    /** How long the last provider asked to wait, if it did. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** What the provider said of a request that cannot be met; null where providers failed. */
    public @Nullable ProviderMessage said() {
        return said;
    }
}
