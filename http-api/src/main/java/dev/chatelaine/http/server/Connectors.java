package dev.chatelaine.http.server;

import dev.chatelaine.http.server.HttpOptions.Listener;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Makes the listening sockets. */
final class Connectors {
    /** After a restart, everybody comes at once. */
    private static final int BACKLOG = 1024;
    /** Names may have slashes in them, where {@link PathHygiene} lets them. */
    private static final UriCompliance NAMES =
            UriCompliance.RFC3986.with("names", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR);

    private final Server server;
    private final HttpOptions options;
    private final HeaderDeadline deadline;

    Connectors(Server server, HttpOptions options, HeaderDeadline deadline) {
        this.server = server;
        this.options = options;
        this.deadline = deadline;
    }

    ServerConnector main() {
        HttpConfiguration http = http();
        http.setUriCompliance(NAMES);
        if (options.tls() == null) {
            return listening(new ServerConnector(server, new HttpConnectionFactory(http)), options.listener());
        }
        // Which hosts are answered to is decided in one place, for TLS and without.
        http.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStore(PemFiles.keyStore(options.tls()));
        tls.setKeyStorePassword(PemFiles.PASSWORD);
        tls.setIncludeProtocols("TLSv1.2", "TLSv1.3");
        tls.setSniRequired(false);
        return listening(
                new ServerConnector(server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http)),
                options.listener());
    }

    ServerConnector metrics(Listener listener) {
        ServerConnector connector = listening(new ServerConnector(server, new HttpConnectionFactory(http())), listener);
        connector.setName(MetricsHandler.CONNECTOR);
        return connector;
    }

    private HttpConfiguration http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(HttpLimits.LONGEST_HEADER);
        http.setUriCompliance(UriCompliance.RFC3986);
        http.setIdleTimeout(options.limits().idle().toMillis());
        return http;
    }

    private ServerConnector listening(ServerConnector connector, Listener listener) {
        connector.setHost(listener.host());
        connector.setPort(listener.port());
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(options.limits().idle().toMillis());
        connector.addBean(deadline, false);
        return connector;
    }
}
