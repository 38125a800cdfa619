package dev.chatelaine.http.rest;

import dev.chatelaine.http.server.Route;
import dev.chatelaine.http.session.SessionEvents;
import dev.chatelaine.vault.Vault;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The one table of routes that a vault is served by. */
public final class RestRoutes {
    private RestRoutes() {}

    /**
     * The routes of this vault.
     *
     * @param events where its sessions' sockets are
     * @param publicUrl the server's address as people know it
     * @param clock the vault's
     */
    public static List<Route> of(Vault vault, SessionEvents events, Supplier<URI> publicUrl, Clock clock) {
        return Stream.of(
                        new SecretRoutes(vault).routes(),
                        new EntryRequestRoutes(vault, publicUrl).routes(),
                        new ConfigurationRoutes(vault).routes(),
                        new ConfigurationKeyRoutes(vault).routes(),
                        new TenantRoutes(vault).routes(),
                        new BundleRoutes(vault).routes(),
                        new SessionRoutes(vault, publicUrl).routes(),
                        new RuntimeRoutes(vault, events).routes(),
                        new GatewayKeyRoutes(vault).routes(),
                        new UsageRoutes(vault, clock).routes(),
                        new OperationRoutes(vault, OpenApi.document()).routes())
                .flatMap(List::stream)
                .toList();
    }
}
