package dev.chatelaine.vault.provider;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * Where base URLs may point. A key is sent there, so a URL that an assistant or a tenant chose must not reach the
 * machines around this one: it is {@code https}, and neither it nor what its host resolves to is private, except where
 * the operator listed it, and except this machine itself where the user is the machine's own.
 *
 * <p>Two checks belong together: {@link #check} when a URL is stored, which asks no name server, and
 * {@link #checkResolved} when a connection is made, with the very addresses to connect to. Addresses of clouds'
 * metadata services, link-local, multicast and reserved ones are refused whatever was listed.
 */
public final class EndpointPolicy {
    private static final int LONGEST = 2048;

    private final boolean loopbackAllowed;
    private final PrivateEndpoints listed;

    /**
     * A policy.
     *
     * @param loopbackAllowed whether this machine itself may be reached, also without TLS: for the local user only
     * @param listed what the operator listed
     */
    public EndpointPolicy(boolean loopbackAllowed, PrivateEndpoints listed) {
        this.loopbackAllowed = loopbackAllowed;
        this.listed = listed;
    }

    /**
     * The URL in its normal form: scheme and host in lower case, no default port, no slash at the end.
     *
     * @throws VaultException {@code base_url_refused}, with what to do
     */
    public URI check(String baseUrl) {
        if (baseUrl.length() > LONGEST) {
            throw refused(new VaultException(
                    ErrorCode.BASE_URL_REFUSED, "The base URL is longer than 2048 characters. Give a shorter one."));
        }
        try {
            return check(new URI(baseUrl.strip()));
        } catch (URISyntaxException e) {
            throw malformed();
        }
    }

    /** As {@link #check(String)}. */
    public URI check(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw malformed();
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw refused(new VaultException(
                    ErrorCode.BASE_URL_REFUSED,
                    "A base URL has no user, query or fragment. Leave them out; a key is stored apart."));
        }
        String host = url.getHost() == null ? null : HostName.normalised(url.getHost());
        int port = port(url, scheme);
        if (host == null || port < 1 || port > 65_535) {
            throw malformed();
        }
        checkHost(scheme, host, port);
        return normalised(scheme, host, port, url.getRawPath());
    }

    /**
     * Refuses to connect when any of the addresses is one that this host may not have.
     *
     * @param host the URL's host
     * @param port the port to connect to
     * @param addresses what the host resolved to, and where the connection will go
     * @throws VaultException {@code base_url_refused}
     */
    public void checkResolved(String host, int port, List<InetAddress> addresses) {
        String name = HostName.normalised(host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host);
        if (name == null) {
            throw malformed();
        }
        for (InetAddress address : addresses) {
            checkAddress(name, port, address);
        }
    }

    private void checkHost(String scheme, String host, int port) {
        InetAddress literal = HostName.literal(host);
        if (literal != null) {
            checkAddress(host, port, literal);
        }
        boolean local =
                HostName.isLocalhost(host) || (literal != null && AddressKind.of(literal) == AddressKind.LOOPBACK);
        if (listed.listsHost(host, port) || (local && loopbackAllowed)) {
            return;
        }
        if (local) {
            throw notListed();
        }
        if (scheme.equals("http")) {
            throw refused(new VaultException(
                    ErrorCode.BASE_URL_REFUSED,
                    "A base URL begins with https://. Use it, or have the operator list the host in"
                            + " CHATELAINE_PRIVATE_ENDPOINTS."));
        }
    }

    private void checkAddress(String host, int port, InetAddress address) {
        AddressKind kind = AddressKind.of(address);
        if (kind == AddressKind.FORBIDDEN) {
            throw refused(new VaultException(
                    ErrorCode.BASE_URL_REFUSED,
                    "The base URL points to a link-local, reserved or metadata address, which is never connected to."
                            + " Give the provider's own address."));
        }
        if (listed.listsHost(host, port) || listed.listsAddress(address)) {
            return;
        }
        boolean local = kind == AddressKind.LOOPBACK && loopbackAllowed;
        boolean pretended = HostName.isLocalhost(host) && kind != AddressKind.LOOPBACK;
        if ((kind != AddressKind.PUBLIC && !local) || pretended) {
            throw notListed();
        }
    }

    private static int port(URI url, String scheme) {
        if (url.getPort() != -1) {
            return url.getPort();
        }
        return scheme.equals("https") ? 443 : 80;
    }

    private static URI normalised(String scheme, String host, int port, String path) {
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        String trimmed = path == null ? "" : path;
        while (trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        return URI.create(scheme + "://" + host + (usual ? "" : ":" + port) + trimmed)
                .normalize();
    }

    private static VaultException notListed() {
        return refused(new VaultException(
                ErrorCode.BASE_URL_REFUSED,
                "The base URL points to a private or loopback address. Have the operator list its host in"
                        + " CHATELAINE_PRIVATE_ENDPOINTS."));
    }

    private static VaultException malformed() {
        return refused(new VaultException(
                ErrorCode.BASE_URL_REFUSED,
                "This is not a base URL. Give one such as https://llm.example.com/v1, with a host name or an address in"
                        + " its usual notation."));
    }

    private static VaultException refused(VaultException e) {
        return e.withField("base_url");
    }
}
