package dev.chatelaine.http.server;

import dev.chatelaine.http.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Nobody who may call. */
public final class CallerRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final @Nullable String challenge;

    /**
     * A refusal.
     *
     * @param problem 401 or 403, and why; nothing of the token
     * @param challenge the {@code WWW-Authenticate} header, where there is one
     */
    public CallerRefusedException(Problem problem, @Nullable String challenge) {
        super(problem.code());
        this.problem = problem;
        this.challenge = challenge;
    }

    public Problem problem() {
        return problem;
    }

    /** Whether the caller is merely not known, so that a page may be shown to them as to anybody. */
    boolean isStranger() {
        return problem.status() == 401 || problem.status() == 404;
    }

    /** The {@code WWW-Authenticate} header, where there is one. */
    public @Nullable String challenge() {
        return challenge;
    }
}
