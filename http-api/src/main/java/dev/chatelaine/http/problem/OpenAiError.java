package dev.chatelaine.http.problem;

import dev.chatelaine.http.problem.Problem.FieldError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or a failure as clients of the OpenAI API read it. Those look at the status first, and then at the type and
 * the code.
 *
 * @param message what to do about it
 * @param type the kind of error, of which there are few
 * @param param the field that is to blame, where it is one
 * @param code the stable code, in snake case
 */
public record OpenAiError(
        String message, String type, @Nullable String param, String code) {
    /** The same as this problem says. */
    public static OpenAiError of(Problem problem) {
        List<FieldError> errors = problem.errors();
        return new OpenAiError(
                message(problem),
                type(problem.status()),
                errors.isEmpty() ? null : errors.get(0).field(),
                problem.code());
    }

    private static String message(Problem problem) {
        List<FieldError> errors = problem.errors();
        String said = switch (errors.size()) {
            case 0 -> problem.detail();
            case 1 -> errors.get(0).message();
            default ->
                errors.stream()
                        .map(error -> error.field() + ": " + error.message())
                        .collect(Collectors.joining(" "));
        };
        return problem.next() == null ? said : said + " " + problem.next();
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "insufficient_quota";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }

    /** The document's one member, {@code error}. */
    public Map<String, Object> members(String requestId) {
        return members(requestId, Map.of());
    }

    /** The document's one member, {@code error}, with further members of its own. */
    public Map<String, Object> members(String requestId, Map<String, ?> more) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", message);
        error.put("type", type);
        error.put("param", param);
        error.put("code", code);
        error.put("request_id", requestId);
        error.putAll(more);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("error", error);
        return members;
    }
}
