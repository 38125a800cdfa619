package dev.chatelaine.http.console;

import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.Problem;
import dev.chatelaine.http.server.CallerRefusedException;
import dev.chatelaine.http.server.Callers;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.signin.ConsoleSession;
import dev.chatelaine.vault.signin.ConsoleSessions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Callers by their tokens or, where they show none, by the console's cookie. The cookie counts for REST and pages, never
 * for MCP, whose hosts are not browsers; and it changes nothing unless a page of this server asks. Safe for several
 * threads.
 */
public final class ConsoleCallers implements Callers {
    private final Callers tokens;
    private final ConsoleSessions sessions;
    private final ConsoleCookies cookies;

    /**
     * Callers of both kinds.
     *
     * @param tokens callers by their tokens
     * @param sessions who is signed in
     */
    public ConsoleCallers(Callers tokens, ConsoleSessions sessions, ConsoleCookies cookies) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.cookies = cookies;
    }

    @Override
    public Actor identify(Credentials credentials) {
        Optional<String> cookie = cookies.session(credentials.cookies());
        if (credentials.authorization() != null || credentials.channel() != Channel.REST || cookie.isEmpty()) {
            return tokens.identify(credentials);
        }
        ConsoleSession session = sessions.find(cookie.get()).orElseThrow(() -> refused(SignInProblem.SESSION_EXPIRED));
        if (credentials.forgeable()) {
            throw new CallerRefusedException(Problem.of(HttpProblem.ORIGIN_REFUSED), null);
        }
        return actor(session, credentials.tenant());
    }

    @Override
    public Optional<String> insufficientScope(String permission) {
        return tokens.insufficientScope(permission);
    }

    private static Actor actor(ConsoleSession session, @Nullable String chosen) {
        if (chosen == null) {
            return session.actor();
        }
        return tenantId(chosen).flatMap(session::actor).orElseThrow(() -> refused(SignInProblem.WRONG_TENANT));
    }

    private static Optional<TenantId> tenantId(String text) {
        try {
            return Optional.of(new TenantId(text));
        } catch (VaultException e) {
            return Optional.empty();
        }
    }

    private static CallerRefusedException refused(SignInProblem problem) {
        return new CallerRefusedException(problem.problem(), null);
    }
}
