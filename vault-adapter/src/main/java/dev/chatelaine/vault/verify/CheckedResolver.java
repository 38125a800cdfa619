package dev.chatelaine.vault.verify;

import dev.chatelaine.vault.provider.EndpointPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Gives Jetty the addresses that were checked, and none that were not: what is connected to is what was looked at, so a
 * name that resolves differently the next time gains nothing. Resolves on the executor, for name servers may be slow.
 */
public final class CheckedResolver implements SocketAddressResolver {
    private final HostResolver resolver;
    private final EndpointPolicy policy;
    private final Executor executor;

    /**
     * A resolver.
     *
     * @param executor must be able to wait for name servers
     */
    public CheckedResolver(HostResolver resolver, EndpointPolicy policy, Executor executor) {
        this.resolver = resolver;
        this.policy = policy;
        this.executor = executor;
    }

    @Override
    public void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        executor.execute(() -> {
            try {
                promise.succeeded(checked(host, port));
            } catch (Exception e) {
                promise.failed(e);
            }
        });
    }

    private List<InetSocketAddress> checked(String host, int port) throws Exception {
        List<InetAddress> addresses = List.copyOf(resolver.resolve(host));
        policy.checkResolved(host, port, addresses);
        return addresses.stream()
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }
}
