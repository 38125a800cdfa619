package dev.chatelaine.mcp.serve;

import dev.chatelaine.http.server.HttpLimits;
import dev.chatelaine.http.server.HttpOptions;
import dev.chatelaine.http.server.HttpOptions.Listener;
import dev.chatelaine.http.server.HttpOptions.TlsFiles;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen.
 *
 * @param host a name or address of this machine
 * @param port 0 to 65535; 0 for any that is free
 * @param tls certificate and key, or null for plain HTTP
 * @param metricsPort where on the loopback interface {@code /metrics} is, or null for nowhere
 */
public record Listening(
        String host,
        int port,
        @Nullable TlsFiles tls,
        @Nullable Integer metricsPort) {
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final String LOOPBACK = "127.0.0.1";

    /**
     * Whether only this machine's own programs can connect.
     *
     * @throws VaultException {@code invalid_field} for a host that is none
     */
    public boolean isLoopback() {
        return address().isLoopbackAddress();
    }

    HttpOptions options(ServeSettings settings) {
        return new HttpOptions(
                new Listener(host, port),
                hosts(settings),
                settings.allowedOrigins(),
                settings.publicUrl().map(URI::toString).map(Set::of).orElse(Set.of()),
                tls,
                metricsPort == null ? null : new Listener(LOOPBACK, metricsPort),
                limits());
    }

    /** Sessions of MCP are drained before the server stops, and ten seconds are for both. */
    private static HttpLimits limits() {
        HttpLimits usual = HttpLimits.usual();
        return new HttpLimits(usual.idle(), usual.headers(), usual.bodyGrace(), usual.bytesPerSecond(), STOP);
    }

    private Set<String> hosts(ServeSettings settings) {
        Set<String> hosts = new HashSet<>(HttpOptions.LOOPBACK_HOSTS);
        hosts.addAll(settings.allowedHosts());
        if (!address().isAnyLocalAddress()) {
            hosts.add(host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host);
        }
        Optional<String> known = settings.publicUrl().map(URI::getHost);
        known.ifPresent(name -> hosts.add(name.toLowerCase(Locale.ROOT)));
        return hosts;
    }

    private InetAddress address() {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new VaultException(ErrorCode.INVALID_FIELD, "This machine knows no such host to listen on.")
                    .withField("host");
        }
    }
}
