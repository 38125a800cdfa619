package dev.chatelaine.gateway;

import java.util.Locale;

/** Why nothing is asked at all, with the status that says so. */
public enum GatewayError {
    /** The request is not one of chat completions, or cannot be put into the provider's shape. */
    INVALID_REQUEST(400),
    /** No model was named, and the tenant has no configuration. */
    NO_DEFAULT_CONFIGURATION(400),
    /** There is no such provider and no such configuration. */
    MODEL_UNKNOWN(404),
    /** The gateway key does not allow the model. */
    MODEL_NOT_ALLOWED(403),
    /** There is no own key, and the plan's pool does not serve the model. */
    MODEL_NOT_IN_PLAN(403),
    /** There is no own key, and none of the pool. */
    NO_CREDENTIAL(403),
    /** The pool's tokens of this month are used up. */
    POOL_QUOTA_EXCEEDED(429),
    /** A capped key may not use a model whose price is not known. */
    MODEL_UNPRICED(400);

    private final int status;

    GatewayError(int status) {
        this.status = status;
    }

    /** The HTTP status of such a refusal. */
    public int status() {
        return status;
    }

    /** The code as it is written on the wire: {@code model_unknown}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
