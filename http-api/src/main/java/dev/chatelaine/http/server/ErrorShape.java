package dev.chatelaine.http.server;

import dev.chatelaine.http.problem.OpenAiError;
import dev.chatelaine.http.problem.Problem;
import java.util.Map;

/** How the refusals and failures of a route are written. */
public enum ErrorShape {
    /** RFC 9457. */
    PROBLEM("application/problem+json") {
        @Override
        Map<String, ?> members(Problem problem, String requestId) {
            return problem.members(requestId);
        }
    },
    /** As clients of the OpenAI API read them. */
    OPENAI("application/json") {
        @Override
        Map<String, ?> members(Problem problem, String requestId) {
            return OpenAiError.of(problem).members(requestId);
        }
    };

    private final String type;

    ErrorShape(String type) {
        this.type = type;
    }

    /** The media type. */
    String type() {
        return type;
    }

    /** The document. */
    abstract Map<String, ?> members(Problem problem, String requestId);
}
