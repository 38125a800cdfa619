package dev.chatelaine.mcp.serve;

import dev.chatelaine.gateway.call.Gateway;
import dev.chatelaine.gateway.call.GatewayLimits;
import dev.chatelaine.gateway.upstream.UpstreamClient;
import dev.chatelaine.http.auth.Challenges;
import dev.chatelaine.http.auth.ProtectedResourceMetadata;
import dev.chatelaine.http.auth.TokenCallers;
import dev.chatelaine.http.auth.WellKnownRoutes;
import dev.chatelaine.http.gateway.GatewayRoutes;
import dev.chatelaine.http.rest.RestRoutes;
import dev.chatelaine.http.server.ChatelaineServer;
import dev.chatelaine.http.server.HttpOptions;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.http.session.SessionEvents;
import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.mcp.entry.ServedEntryDesk;
import dev.chatelaine.mcp.local.LocalVault;
import dev.chatelaine.mcp.tool.Tools;
import dev.chatelaine.mcp.transport.HttpMcp;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.session.SessionFeed;
import dev.chatelaine.vault.verify.HostResolver;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One instance for many people: it serves from its making until it is closed, which any thread may do. */
public final class HttpService implements AutoCloseable {
    private final ServeSettings settings;
    private final LocalVault opened;
    private final Identity identity;
    private final ConsoleSignIn console;
    private final HttpMcp mcp;
    private final SessionEvents events;
    private final Gateway gateway;
    private @Nullable SessionFeed feed;
    private final ChatelaineServer server;

    private HttpService(
            Settings given,
            ServeSettings settings,
            LocalVault opened,
            Identity identity,
            Listening listening,
            GatewayLimits limits,
            Clock clock,
            SecureRandom random) {
        this.settings = settings;
        this.opened = opened;
        this.identity = identity;
        Vault vault = opened.get();
        TokenCallers callers = new TokenCallers(
                identity.authenticator(), () -> new Challenges(described(publicUrl())), vault.tenants()::exists);
        HttpOptions options = listening.options(settings);
        boolean secure = options.tls() != null || settings.publicTls();
        this.console = ConsoleSignIn.of(settings, identity, vault, secure, this::publicUrl, clock, random);
        boolean readOnly = given.readOnly();
        Tools tools = new Tools(opened, readOnly, given.inlineValuesDenied());
        ServedEntryDesk desk = new ServedEntryDesk(vault.entryTickets(), this::publicUrl);
        this.mcp = new HttpMcp(tools, desk, opened, readOnly, options.allowedHosts(), options.allowedOrigins());
        this.events = new SessionEvents(vault.sessionRuntimes(), clock);
        this.gateway = gateway(opened, limits, clock, random);
        this.server = new ChatelaineServer(
                options, routes(vault, callers, readOnly, clock), mcp.mounts(), console.callers(callers), random);
    }

    /**
     * Opens the vault and begins to listen.
     *
     * @throws dev.chatelaine.vault.VaultException {@code vault_unavailable} when the vault cannot be opened or the port
     *     not be listened on; {@code invalid_field} for a setting that is wrong; nothing stays open then
     */
    public static HttpService start(Settings given, Listening listening, Clock clock, SecureRandom random) {
        return start(given, listening, GatewayLimits.DEFAULT, clock, random);
    }

    /** The same with other limits for the gateway. */
    public static HttpService start(
            Settings given, Listening listening, GatewayLimits limits, Clock clock, SecureRandom random) {
        ServeSettings settings = new ServeSettings(given);
        LocalVault opened = LocalVault.served(given, clock, random);
        HttpService service;
        try {
            Identity identity = Identity.of(settings, opened.get(), new Ids(random), clock);
            service = new HttpService(given, settings, opened, identity, listening, limits, clock, random);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        try {
            service.server.start();
            service.feed = opened.get().follow(service.events);
            return service;
        } catch (RuntimeException e) {
            try {
                service.close();
            } catch (RuntimeException further) {
                e.addSuppressed(further);
            }
            throw e;
        }
    }

    /** The address that clients know: the setting, or else where the server listens. */
    public URI publicUrl() {
        return settings.publicUrl().orElseGet(server::address);
    }

    /** A link that signs the local user in to the console. */
    public ConsoleSignIn.Link consoleLink() {
        Actor user = opened.actor(Channel.CLI);
        return ConsoleSignIn.link(opened.get(), publicUrl(), user, user.subject(), user.roles());
    }

    /** Where the server listens. */
    public URI address() {
        return server.address();
    }

    /** Where metrics are, as a URL without the path. */
    public Optional<URI> metricsAddress() {
        return server.metricsAddress();
    }

    /** Ends the sessions, stops listening, lets requests under way end, cuts off the rest, and closes the vault. */
    @Override
    public void close() {
        List<Runnable> steps =
                List.of(mcp::close, server::close, gateway::close, this::stopFollowing, identity::close, opened::close);
        RuntimeException failure = null;
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException e) {
                // What comes after it is closed all the same: settlements are written there, and the vault left.
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void stopFollowing() {
        if (feed != null) {
            feed.close();
        }
    }

    private static Gateway gateway(LocalVault opened, GatewayLimits limits, Clock clock, SecureRandom random) {
        UpstreamClient client = new UpstreamClient(opened.endpoints(), HostResolver.system(), limits.upstream(), clock);
        return new Gateway(opened.get(), opened.catalog(), client, limits, clock, random);
    }

    /** The gateway changes nothing that read-only would keep as it is, and so is there as ever. */
    private List<Route> routes(Vault vault, TokenCallers callers, boolean readOnly, Clock clock) {
        Stream<Route> calls = Stream.of(
                        RestRoutes.of(vault, events, this::publicUrl, clock, gateway::awaitSettled),
                        WellKnownRoutes.of(this::publicUrl, this::described, identity::keys))
                .flatMap(List::stream)
                .filter(route -> !readOnly || route.method().equals("GET"));
        List<Route> models = GatewayRoutes.of(gateway, vault.gatewayKeys(), callers);
        return Stream.of(calls, models.stream(), console.routes(readOnly).stream())
                .flatMap(each -> each)
                .toList();
    }

    private ProtectedResourceMetadata described(URI resource) {
        return new ProtectedResourceMetadata(resource, identity.authorizationServers(), List.of());
    }
}
