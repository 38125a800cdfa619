package dev.chatelaine.http.auth;

import com.google.errorprone.annotations.CompileTimeConstant;

/**
 * A request whose sender is not known, or not as who it wants to be. The message is a constant in printable ASCII
 * without quotes, fit for {@code error_description}; there is no cause, because a parser's exception quotes what it
 * read.
 */
public final class AuthenticationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, with the answer's status and stable code. */
    public enum Kind {
        /** No bearer token was sent. */
        MISSING(401, "token_missing"),
        /** The token is not one that counts here. */
        INVALID(401, "token_invalid"),
        /** The token was good and is past its expiry. */
        EXPIRED(401, "token_expired"),
        /** The token is good, and not for the tenant that was asked for. */
        WRONG_TENANT(403, "wrong_tenant"),
        /** Whether the token is good cannot be said: its issuer's keys were never fetched and cannot be now. */
        ISSUER_UNAVAILABLE(503, "issuer_unavailable");

        private final int status;
        private final String code;

        Kind(int status, String code) {
            this.status = status;
            this.code = code;
        }

        /** The HTTP status of the answer. */
        public int status() {
            return status;
        }

        /** The stable code in the answer's body. */
        public String code() {
            return code;
        }
    }

    private final Kind kind;

    /** A refusal; without a stack trace, because anybody can cause one. */
    public AuthenticationException(Kind kind, @CompileTimeConstant final String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The message, never absent. */
    public String text() {
        String message = getMessage();
        return message == null ? kind.code() : message;
    }

    static AuthenticationException invalid(@CompileTimeConstant final String message) {
        return new AuthenticationException(Kind.INVALID, message);
    }
}
