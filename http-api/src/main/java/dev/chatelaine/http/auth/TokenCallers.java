package dev.chatelaine.http.auth;

import dev.chatelaine.http.problem.Problem;
import dev.chatelaine.http.server.CallerRefusedException;
import dev.chatelaine.http.server.Callers;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Callers who show a bearer token. A tenant that the vault does not have is refused like one that the token is not for,
 * so that a stranger learns no names. Safe for several threads.
 */
public final class TokenCallers implements Callers {
    private final Authenticator authenticator;
    private final Supplier<Challenges> challenges;
    private final Predicate<TenantId> tenants;

    /**
     * Callers by their tokens.
     *
     * @param authenticator tells what a token is worth
     * @param challenges asked when somebody is refused, by when the server's address is known
     * @param tenants whether the vault has a tenant
     */
    public TokenCallers(Authenticator authenticator, Supplier<Challenges> challenges, Predicate<TenantId> tenants) {
        this.authenticator = authenticator;
        this.challenges = challenges;
        this.tenants = tenants;
    }

    @Override
    public Actor identify(Credentials credentials) {
        try {
            Actor actor = authenticator.authenticate(
                    credentials.authorization(), credentials.tenant(), credentials.channel());
            if (!tenants.test(actor.tenant())) {
                throw Authenticator.wrongTenant();
            }
            return actor;
        } catch (AuthenticationException e) {
            throw refused(e);
        }
    }

    @Override
    public Optional<String> insufficientScope(String permission) {
        return Optional.of(challenges.get().insufficientScope(permission));
    }

    private CallerRefusedException refused(AuthenticationException e) {
        Problem problem = new Problem(e.kind().status(), e.kind().code(), e.text(), List.of(), null);
        return new CallerRefusedException(problem, challenges.get().answering(e).orElse(null));
    }
}
