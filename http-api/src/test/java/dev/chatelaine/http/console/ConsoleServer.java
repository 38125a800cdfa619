package dev.chatelaine.http.console;

import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.auth.BoundedFetch;
import dev.chatelaine.http.auth.ClaimNames;
import dev.chatelaine.http.auth.ExternalIssuer;
import dev.chatelaine.http.auth.IdTokens;
import dev.chatelaine.http.auth.KeyRefresh;
import dev.chatelaine.http.auth.ProviderEndpoints;
import dev.chatelaine.http.auth.SetClock;
import dev.chatelaine.http.openid.CodeExchange;
import dev.chatelaine.http.openid.OpenIdSettings;
import dev.chatelaine.http.openid.OpenIdSignIn;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The real server with the console, over a real vault; perhaps with a provider. */
final class ConsoleServer implements AutoCloseable {
    static final ConsoleCookies COOKIES = new ConsoleCookies(false);

    /** Begins with the present, by which the provider signs. */
    final SetClock clock = new SetClock(Instant.now());

    private final @Nullable ExternalIssuer issuer;
    private final TestServer server;

    private ConsoleServer(@Nullable String provider, @Nullable String secret) {
        this.issuer = provider == null ? null : new ExternalIssuer(provider, KeyRefresh.STANDARD);
        this.server = TestServer.start(
                clock,
                new TestServer.Parts(
                        test -> routes(test, Optional.ofNullable(issuer).map(known -> openId(test, known, secret))),
                        (vault, simple) -> new ConsoleCallers(simple, vault.consoleSessions(), COOKIES)));
    }

    static ConsoleServer start() {
        return new ConsoleServer(null, null);
    }

    /** A server whose people sign in at this issuer; without a secret, it is a public client there. */
    static ConsoleServer startWith(String issuer, @Nullable String secret) {
        return new ConsoleServer(issuer, secret);
    }

    private static List<Route> routes(TestServer test, Optional<OpenIdSignIn> openId) {
        return Stream.concat(
                        ConsoleRoutes.session(test.vault(), COOKIES, openId, false).stream(),
                        ConsoleRoutes.files().stream())
                .toList();
    }

    private OpenIdSignIn openId(TestServer test, ExternalIssuer known, @Nullable String secret) {
        BoundedFetch fetch = new BoundedFetch(Duration.ofSeconds(5));
        OpenIdSettings settings = new OpenIdSettings(
                "console",
                secret,
                List.of("openid", "profile"),
                () -> URI.create(test.server().address() + "/console/callback"));
        return new OpenIdSignIn(
                settings,
                new ProviderEndpoints(known.issuer(), fetch, clock),
                new CodeExchange(settings, fetch),
                new IdTokens(known, ClaimNames.STANDARD, settings.client(), clock),
                new SecureRandom(),
                clock);
    }

    TestServer test() {
        return server;
    }

    Browser browser() {
        return new Browser(server.server().address());
    }

    /** A browser in which somebody has signed in. */
    Browser signedIn(String tenant, Role... roles) {
        Browser browser = browser();
        browser.signIn(link(tenant, roles));
        return browser;
    }

    String link(String tenant, Role... roles) {
        return server.vault()
                .consoleLinks()
                .issue(TestServer.actor("acme", Role.OWNER).in(new TenantId(tenant)), "ada", Set.of(roles))
                .secret();
    }

    @Override
    public void close() {
        server.close();
        if (issuer != null) {
            issuer.close();
        }
    }
}
