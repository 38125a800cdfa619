package dev.chatelaine.mcp.transport;

import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerSession.McpStreamableServerSessionInit;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.util.List;
import reactor.core.publisher.Mono;

/** Streamable HTTP, whose sessions belong to those who open them. */
final class OwnedStreamableTransport implements McpStreamableServerTransportProvider {
    private final McpStreamableServerTransportProvider transport;
    private final SessionOwners owners;

    OwnedStreamableTransport(McpStreamableServerTransportProvider transport, SessionOwners owners) {
        this.transport = transport;
        this.owners = owners;
    }

    @Override
    public void setSessionFactory(McpStreamableServerSession.Factory factory) {
        transport.setSessionFactory(request -> {
            McpStreamableServerSessionInit opened = factory.startSession(request);
            owners.opened(opened.session().getId(), opened.session());
            return opened;
        });
    }

    @Override
    public Mono<Void> notifyClients(String method, Object params) {
        return transport.notifyClients(method, params);
    }

    @Override
    public Mono<Void> notifyClient(String sessionId, String method, Object params) {
        return transport.notifyClient(sessionId, method, params);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return transport.closeGracefully();
    }

    @Override
    public List<String> protocolVersions() {
        return transport.protocolVersions();
    }
}
