package dev.chatelaine.http.rest;

import dev.chatelaine.http.server.Route;
import dev.chatelaine.http.session.SessionEvents;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.TenantId;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
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
     * @param settled waits, for a moment at most, until the use of a tenant's requests that have ended is written down
     */
    public static List<Route> of(
            Vault vault, SessionEvents events, Supplier<URI> publicUrl, Clock clock, Consumer<TenantId> settled) {
        return Stream.of(
                        new SecretRoutes(vault).routes(),
                        new EntryRequestRoutes(vault, publicUrl).routes(),
                        new ConfigurationRoutes(vault).routes(),
                        new ConfigurationKeyRoutes(vault).routes(),
                        new TenantRoutes(vault).routes(),
                        new BundleRoutes(vault).routes(),
                        new SessionRoutes(vault, publicUrl).routes(),
                        new RuntimeRoutes(vault, events).routes(),
                        new GatewayKeyRoutes(vault, settled).routes(),
                        new UsageRoutes(vault, clock, settled).routes(),
                        new OperationRoutes(vault, OpenApi.document()).routes())
                .flatMap(List::stream)
                .toList();
    }
}
