package dev.chatelaine.http.server;

/**
 * One method of one resource. Whether the caller may is the vault's to say, which the action asks.
 *
 * @param method {@code GET}, {@code POST}, …
 * @param template the path, whose variables are in braces: {@code /api/secrets/{name}}
 * @param access who may ask for it
 * @param longestBody the longest body that it takes, in bytes
 * @param errors how the refusals and failures of all that is at the path are written
 * @param slashes whether the path's last variable, which ends it, may have slashes in it: as they are, or percent-encoded
 * @param action what answers
 */
public record Route(
        String method,
        String template,
        Access access,
        int longestBody,
        ErrorShape errors,
        boolean slashes,
        Action action) {
    /** A route for callers who are known. */
    public Route(String method, String template, Action action) {
        this(method, template, Access.CALLER, action);
    }

    private Route(String method, String template, Access access, Action action) {
        this(method, template, access, HttpLimits.LONGEST_BODY, ErrorShape.PROBLEM, false, action);
    }

    /** A route that anybody may ask for, without saying who they are. */
    public static Route open(String method, String template, Action action) {
        return new Route(method, template, Access.OPEN, action);
    }

    /** A route for browsers, whose caller may be known or not: its action asks {@link Call#visit}. */
    public static Route page(String method, String template, Action action) {
        return new Route(method, template, Access.PAGE, action);
    }

    /**
     * A route for programs that show a bearer token of its own, which its action judges: neither the tokens nor the
     * cookies of other routes' callers are looked at. Its action asks {@link Call#bearer}, and says who it is with {@link
     * Call#identified}.
     */
    public static Route bearer(String method, String template, Action action) {
        return new Route(method, template, Access.BEARER, action);
    }

    /** The same for bodies of up to as many bytes. */
    public Route taking(int bytes) {
        return new Route(method, template, access, bytes, errors, slashes, action);
    }

    /** The same with errors of that shape, also for what the path's other methods refuse. */
    public Route withErrors(ErrorShape shape) {
        return new Route(method, template, access, longestBody, shape, slashes, action);
    }

    /** The same for a last variable that may have slashes in it. No other template begins as this one does before it. */
    public Route withSlashes() {
        return new Route(method, template, access, longestBody, errors, true, action);
    }

    /** Who may ask for a route. */
    public enum Access {
        /** Those who are known. */
        CALLER,
        /** Everybody; nobody is asked who they are. */
        OPEN,
        /** Everybody; the action is told who it is, where that is known. */
        PAGE,
        /** Whoever has a token of the route's own; the action asks who that is. */
        BEARER
    }

    /**
     * Answers a call; may block and be used by several threads. What takes long and needs no thread, it answers {@link
     * Reply#later}.
     */
    @FunctionalInterface
    public interface Action {
        /**
         * Answers.
         *
         * @throws dev.chatelaine.vault.VaultException when the vault refuses or fails
         * @throws CallerRefusedException when the token of a route with tokens of its own is none
         * @throws dev.chatelaine.http.problem.ProblemException when the request cannot be used
         */
        Reply answer(Call call);
    }
}
