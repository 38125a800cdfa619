package dev.chatelaine.http.problem;

/** Ends the handling of a request with a problem. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Ends in this problem. */
    public ProblemException(Problem problem) {
        super(problem.code());
        this.problem = problem;
    }

    /** Ends in this problem of HTTP's own. */
    public ProblemException(HttpProblem problem) {
        this(Problem.of(problem));
    }

    /** Adds the cause, for a debugger's eyes: it is never shown nor logged, as it may quote the request. */
    public ProblemException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    public Problem problem() {
        return problem;
    }
}
