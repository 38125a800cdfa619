package dev.chatelaine.vault;

import com.google.errorprone.annotations.CompileTimeConstant;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of the domain: a stable {@link ErrorCode} and a message that says what to do next.
 *
 * <p>The message is a compile-time constant, so that no value can be concatenated into it; what varies is handed over
 * apart and fills the {@code {}} of the constant in order. Only names, ids, limits and other things that may be shown
 * to anybody go there.
 */
public final class VaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private @Nullable String field;
    private @Nullable String next;
    private @Nullable String missing;

    /**
     * An error with a message.
     *
     * @param code what went wrong
     * @param message a constant; each {@code {}} is filled by the next argument
     * @param shown what fills it: safe to be shown to anybody
     */
    public VaultException(ErrorCode code, @CompileTimeConstant final String message, Object... shown) {
        super(fill(message, shown));
        this.code = code;
    }

    /** Names the input field at fault. */
    public VaultException withField(String name) {
        this.field = name;
        return this;
    }

    /** Adds the next step, such as a command to type. */
    public VaultException withNext(String step) {
        this.next = step;
        return this;
    }

    /** Names the permission that the caller lacks. */
    public VaultException withMissing(String permission) {
        this.missing = permission;
        return this;
    }

    /** Adds the cause, for a debugger's eyes: edges never print it. */
    public VaultException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    public ErrorCode code() {
        return code;
    }

    /** The input field at fault, where there is one. */
    public @Nullable String field() {
        return field;
    }

    /** The next step, where it is more than the message says. */
    public @Nullable String next() {
        return next;
    }

    /** The permission that the caller lacks, where that is what is wrong: {@code secrets:write}. */
    public @Nullable String missing() {
        return missing;
    }

    /** The message, never absent. */
    public String text() {
        String message = getMessage();
        return message == null ? code.code() : message;
    }

    private static String fill(String message, Object[] shown) {
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (Object argument : shown) {
            int at = message.indexOf("{}", from);
            if (at < 0) {
                break;
            }
            filled.append(message, from, at).append(argument);
            from = at + 2;
        }
        return filled.append(message.substring(from)).toString();
    }
}
