package dev.chatelaine.http.server;

/**
 * One method of one resource. Whether the caller may is the vault's to say, which the action asks.
 *
 * @param method {@code GET}, {@code POST}, …
 * @param template the path, whose variables are in braces: {@code /api/secrets/{name}}
 * @param action what answers
 */
public record Route(String method, String template, Action action) {
    /** Answers a call; may block and be used by several threads. */
    @FunctionalInterface
    public interface Action {
        /**
         * Answers.
         *
         * @throws dev.chatelaine.vault.VaultException when the vault refuses or fails
         * @throws dev.chatelaine.http.problem.ProblemException when the request cannot be used
         */
        Reply answer(Call call);
    }
}
