package dev.chatelaine.gateway.upstream;

import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.verify.CheckedResolver;
import dev.chatelaine.vault.verify.HostResolver;
import java.time.Duration;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** Makes Jetty's client as plain as it gets: it connects, asks and hands over the answer, and nothing on its own. */
final class HttpClients {
    private static final int THREADS = 64;
    /** Each has a thread of its own among those, all the time. */
    private static final int MOST_SELECTORS = 16;

    /** Threads of their own for what name servers may keep waiting, which answers have nothing to do with. */
    private static final int LOOK_UPS = 32;
    /** How long a connection is kept that nobody uses: those that are cut silently are cut after minutes. */
    private static final Duration IDLE = Duration.ofSeconds(30);
    /** The longest head of an answer, in bytes. */
    private static final int LONGEST_HEAD = 32 * 1024;
    /** What the kernel may hold of an answer that nobody takes, in bytes. */
    private static final int RECEIVE_BUFFER = 64 * 1024;

    private HttpClients() {}

    /**
     * A started client of HTTP/1.1 that follows no redirects, keeps no cookies, answers no challenges, decodes no
     * content, knows no proxies and gives up no request on its own: whoever asks has clocks for that. It connects to
     * addresses that the policy let pass and to no others.
     */
    static HttpClient started(EndpointPolicy policy, HostResolver resolver, UpstreamLimits limits) throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
        threads.setName("upstream");
        threads.setDaemon(true);
        ClientConnector connector = new ClientConnector();
        connector.setSslContextFactory(new SslContextFactory.Client());
        connector.setReceiveBufferSize(RECEIVE_BUFFER);
        connector.setSelectors(Math.min(Runtime.getRuntime().availableProcessors(), MOST_SELECTORS));
        HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(connector);
        // Whoever is told of an answer never blocks, so that the thread that finds it there hands it over by itself.
        transport.setInvocationType(Invocable.InvocationType.NON_BLOCKING);
        HttpClient client = new HttpClient(transport);
        client.setExecutor(threads);
        client.setScheduler(new ScheduledExecutorScheduler("upstream-timer", true, 1));
        client.setByteBufferPool(new ArrayByteBufferPool());
        QueuedThreadPool lookUps = new QueuedThreadPool(LOOK_UPS, 0);
        lookUps.setName("upstream-dns");
        lookUps.setDaemon(true);
        client.addBean(lookUps, true);
        client.setSocketAddressResolver(new CheckedResolver(resolver, policy, lookUps));
        client.setConnectTimeout(limits.connect().toMillis());
        client.setIdleTimeout(IDLE.toMillis());
        client.setMaxConnectionsPerDestination(limits.connections());
        client.setMaxRequestsQueuedPerDestination(limits.connections());
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setMaxResponseHeadersSize(LONGEST_HEAD);
        client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "chatelaine"));
        client.start();
        client.getProtocolHandlers().clear();
        client.getContentDecoderFactories().clear();
        return client;
    }
}
