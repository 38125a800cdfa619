package dev.chatelaine.http.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the server listens and to whom it answers.
 *
 * @param listener where it listens
 * @param allowedHosts the names and addresses, without ports, that a {@code Host} header may have; an IPv6 address in
 *     brackets
 * @param allowedOrigins origins besides the server's own from which pages may call, as {@code https://host} or
 *     {@code https://host:port}
 * @param ownOrigins the server's own origins besides the one that a request names in its {@code Host}: its public
 *     address, where a proxy in front has TLS
 * @param tls certificate and key, or null for plain HTTP
 * @param metrics where {@code /metrics} listens, or null for nowhere
 * @param limits what a client may cost
 */
public record HttpOptions(
        Listener listener,
        Set<String> allowedHosts,
        Set<String> allowedOrigins,
        Set<String> ownOrigins,
        @Nullable TlsFiles tls,
        @Nullable Listener metrics,
        HttpLimits limits) {
    /** The names by which a machine calls itself. */
    public static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Checks the origins, and puts all in lower case. */
    public HttpOptions {
        allowedHosts = lowerCase(allowedHosts);
        allowedOrigins = lowerCase(allowedOrigins);
        ownOrigins = lowerCase(ownOrigins);
        allowedOrigins.forEach(HttpOptions::checkOrigin);
        ownOrigins.forEach(HttpOptions::checkOrigin);
    }

    /** A server that nothing stands in front of. */
    public HttpOptions(
            Listener listener,
            Set<String> allowedHosts,
            Set<String> allowedOrigins,
            @Nullable TlsFiles tls,
            @Nullable Listener metrics,
            HttpLimits limits) {
        this(listener, allowedHosts, allowedOrigins, Set.of(), tls, metrics, limits);
    }

    /** Plain HTTP on a loopback port, without metrics: for a machine's own programs. */
    public static HttpOptions loopback(int port) {
        return new HttpOptions(
                new Listener("127.0.0.1", port), LOOPBACK_HOSTS, Set.of(), null, null, HttpLimits.usual());
    }

    /**
     * An address to listen on.
     *
     * @param host a name or address of this machine
     * @param port 0 to 65535; 0 for any that is free
     */
    public record Listener(String host, int port) {
        public Listener {
            if (host.isBlank() || port < 0 || port > 65_535) {
                throw new IllegalArgumentException("A listener has a host, and a port from 0 to 65535");
            }
        }
    }

    /**
     * TLS from PEM files.
     *
     * @param certificates the server's certificate, and then those that it builds on
     * @param key the private key, in PKCS#8 without a password
     */
    public record TlsFiles(Path certificates, Path key) {}

    private static Set<String> lowerCase(Set<String> texts) {
        return texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    private static void checkOrigin(String origin) {
        URI uri = URI.create(origin);
        if (uri.getScheme() == null
                || uri.getRawAuthority() == null
                || !uri.getRawPath().isEmpty()) {
            throw new IllegalArgumentException("An origin is a scheme and a host, such as https://example.com");
        }
    }
}
