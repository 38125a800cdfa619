package dev.chatelaine.gateway;

import com.google.errorprone.annotations.CompileTimeConstant;
import org.jspecify.annotations.Nullable;

/** A refusal to ask anybody. Its message is constant: nothing of a request is in it. */
public final class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final GatewayError error;
    private final @Nullable String field;

    /** A refusal. */
    public GatewayException(GatewayError error, @CompileTimeConstant String message) {
        this(error, null, message);
    }

    /**
     * A refusal for the sake of one field.
     *
     * @param field the path of the request's field at fault, such as {@code messages[2].content}
     */
    public GatewayException(GatewayError error, @Nullable String field, @CompileTimeConstant String message) {
        super(message, null, false, false);
        this.error = error;
        this.field = field;
    }

    public GatewayError error() {
        return error;
    }

    /** The field at fault, where there is one. */
    public @Nullable String field() {
        return field;
    }
}
