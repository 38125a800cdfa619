package dev.chatelaine.http.problem;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or a failure as a caller is told of it (RFC 9457). It never holds a value, nor text that the caller sent
 * other than a name.
 *
 * @param status the HTTP status
 * @param code the stable code, in snake case
 * @param detail what to do about it
 * @param errors the fields of bad input
 * @param next the next step, where it is more than the detail says
 */
public record Problem(
        int status,
        String code,
        String detail,
        List<FieldError> errors,
        @Nullable String next) {
    private static final String VAULT_UNAVAILABLE =
            "The vault cannot be read or written now. Nothing was changed. Try again later; the operator finds the"
                    + " reason in the log under this request's id.";

    public Problem {
        errors = List.copyOf(errors);
    }

    /** What is wrong with a field. */
    public record FieldError(String field, String message) {
        private Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("field", field);
            members.put("message", message);
            return members;
        }
    }

    /** A problem of HTTP's own. */
    public static Problem of(HttpProblem problem) {
        return new Problem(problem.status(), problem.code(), problem.detail(), List.of(), null);
    }

    /** A body of more bytes than are taken. */
    public static Problem bodyTooLarge(int longest) {
        return new Problem(
                HttpProblem.BODY_TOO_LARGE.status(),
                HttpProblem.BODY_TOO_LARGE.code(),
                "The body is longer than " + longest + " bytes.",
                List.of(),
                null);
    }

    /** A problem of bad input. */
    public static Problem ofFields(List<FieldError> errors) {
        return new Problem(
                ErrorStatus.of(ErrorCode.INVALID_FIELD),
                ErrorCode.INVALID_FIELD.code(),
                "The request has fields that cannot be used. Nothing was changed.",
                errors,
                null);
    }

    /** The vault's refusal or failure. What a failing vault says of its files is for the operator, not for a caller. */
    public static Problem of(VaultException e) {
        boolean unavailable = e.code() == ErrorCode.VAULT_UNAVAILABLE;
        String detail = unavailable ? VAULT_UNAVAILABLE : e.text();
        String field = e.field();
        return new Problem(
                ErrorStatus.of(e.code()),
                e.code().code(),
                detail,
                field == null ? List.of() : List.of(new FieldError(field, detail)),
                unavailable ? null : e.next());
    }

    /** The same problem under another status. */
    public Problem withStatus(int other) {
        return new Problem(other, code, detail, errors, next);
    }

    /** The document's members, in their order. */
    public Map<String, Object> members(String requestId) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("title", HttpStatus.getMessage(status));
        members.put("status", status);
        members.put("code", code);
        members.put("detail", detail);
        if (!errors.isEmpty()) {
            members.put("errors", errors.stream().map(FieldError::members).toList());
        }
        if (next != null) {
            members.put("next", next);
        }
        members.put("request_id", requestId);
        return members;
    }
}
