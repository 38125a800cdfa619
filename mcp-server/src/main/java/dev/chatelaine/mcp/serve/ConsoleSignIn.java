package dev.chatelaine.mcp.serve;

import dev.chatelaine.http.auth.BoundedFetch;
import dev.chatelaine.http.auth.IdTokens;
import dev.chatelaine.http.auth.KeyRefresh;
import dev.chatelaine.http.auth.ProviderEndpoints;
import dev.chatelaine.http.console.ConsoleCallers;
import dev.chatelaine.http.console.ConsoleCookies;
import dev.chatelaine.http.console.ConsoleRoutes;
import dev.chatelaine.http.openid.CodeExchange;
import dev.chatelaine.http.openid.OpenIdSettings;
import dev.chatelaine.http.openid.OpenIdSignIn;
import dev.chatelaine.http.server.Callers;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.mcp.config.Setting;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.signin.IssuedLink;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How people get into the console: by a link that this makes, or by the organisation's provider where one is set. */
public final class ConsoleSignIn {
    private final Vault vault;
    private final ConsoleCookies cookies;
    private final Optional<OpenIdSignIn> openId;

    private ConsoleSignIn(Vault vault, ConsoleCookies cookies, Optional<OpenIdSignIn> openId) {
        this.vault = vault;
        this.cookies = cookies;
        this.openId = openId;
    }

    /**
     * The sign-in that these settings give.
     *
     * @param secure whether browsers come over TLS
     * @param address the service's address as browsers know it, asked by each sign-in
     * @throws VaultException {@code invalid_field} for a client without a provider
     */
    static ConsoleSignIn of(
            ServeSettings settings,
            Identity identity,
            Vault vault,
            boolean secure,
            Supplier<URI> address,
            Clock clock,
            SecureRandom random) {
        Optional<OpenIdSignIn> openId = settings.openId(() -> URI.create(address.get() + "/console/callback"))
                .map(client -> openId(client, settings, identity, clock, random));
        return new ConsoleSignIn(vault, new ConsoleCookies(secure), openId);
    }

    /**
     * A link that signs a person in once.
     *
     * @param url with the secret behind the {@code #}, which browsers send nobody
     * @param expiresAt until when
     */
    public record Link(String url, Instant expiresAt) {
        @Override
        public String toString() {
            return "Link[redacted]";
        }
    }

    /**
     * Makes a link.
     *
     * @param address where browsers find the console
     * @param operator who makes it, in the tenant that it leads to
     * @throws VaultException {@code invalid_field}, {@code tenant_not_found}
     */
    public static Link link(Vault vault, URI address, Actor operator, String subject, Set<Role> roles) {
        IssuedLink issued = vault.consoleLinks().issue(operator, subject, roles);
        return new Link(address + "/console/sign-in#" + issued.secret(), issued.expiresAt());
    }

    Callers callers(Callers tokens) {
        return new ConsoleCallers(tokens, vault.consoleSessions(), cookies);
    }

    List<Route> routes(boolean readOnly) {
        List<Route> entry = readOnly ? List.of() : ConsoleRoutes.entry(vault, cookies);
        return Stream.of(
                        ConsoleRoutes.session(vault, cookies, openId, readOnly),
                        ConsoleRoutes.data(vault),
                        entry,
                        ConsoleRoutes.files())
                .flatMap(List::stream)
                .toList();
    }

    private static OpenIdSignIn openId(
            OpenIdSettings client, ServeSettings settings, Identity identity, Clock clock, SecureRandom random) {
        if (settings.issuer().isEmpty()) {
            throw new VaultException(
                    ErrorCode.INVALID_FIELD,
                    "{} names this service at a provider. Say at which one: set {}.",
                    Setting.OIDC_CLIENT_ID.variable(),
                    Setting.ISSUER.variable());
        }
        BoundedFetch fetch = new BoundedFetch(KeyRefresh.STANDARD.answer());
        return new OpenIdSignIn(
                client,
                new ProviderEndpoints(identity.issuer().issuer(), fetch, clock),
                new CodeExchange(client, fetch),
                new IdTokens(identity.issuer(), settings.claims(), client.client(), clock),
                random,
                clock);
    }
}
