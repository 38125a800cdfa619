package dev.chatelaine.vault.verify;

import java.time.Duration;
import java.util.function.Function;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** Makes Jetty's client as plain as it gets: it connects, asks and hands over the answer, and nothing on its own. */
final class UpstreamClient {
    private static final int THREADS = 8;
    /** The longest head of an answer, in bytes. */
    private static final int LONGEST_HEAD = 32 * 1024;

    private UpstreamClient() {}

    /**
     * A started client of HTTP/1.1 that follows no redirects, keeps no cookies, answers no challenges, decodes no
     * content and knows no proxies. Its threads do not keep the process alive. TLS certificates are checked against the
     * JDK's trust store, names included.
     */
    static HttpClient started(
            Function<QueuedThreadPool, SocketAddressResolver> resolver, Duration connectTimeout, Duration total)
            throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
        threads.setName("key-verifier");
        threads.setDaemon(true);
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setSslContextFactory(new SslContextFactory.Client());
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setExecutor(threads);
        client.setScheduler(new ScheduledExecutorScheduler("key-verifier-timer", true, 1));
        client.setSocketAddressResolver(resolver.apply(threads));
        client.setConnectTimeout(connectTimeout.toMillis());
        client.setIdleTimeout(total.toMillis());
        client.setDestinationIdleTimeout(total.toMillis());
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
