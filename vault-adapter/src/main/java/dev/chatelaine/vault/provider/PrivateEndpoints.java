package dev.chatelaine.vault.provider;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hosts and networks that the operator listed ({@code CHATELAINE_PRIVATE_ENDPOINTS}), to be reached although they are
 * private and, for the hosts, without TLS.
 */
public final class PrivateEndpoints {
    private final Set<String> hosts = new HashSet<>();
    private final List<Cidr> networks = new ArrayList<>();

    private PrivateEndpoints() {}

    public static PrivateEndpoints none() {
        return new PrivateEndpoints();
    }

    /**
     * Reads a list separated by commas or white space. Each entry is a host, a host with a port
     * ({@code llm.internal:8000}, {@code [fd00::7]:8000}) or a network ({@code 10.1.0.0/16}).
     *
     * @throws IllegalArgumentException when an entry is none of these; the message quotes it
     */
    public static PrivateEndpoints parse(String list) {
        PrivateEndpoints endpoints = new PrivateEndpoints();
        for (String entry : list.trim().split("[\\s,]+", -1)) {
            if (!entry.isEmpty()) {
                endpoints.add(entry);
            }
        }
        return endpoints;
    }

    private void add(String entry) {
        try {
            InetAddress address = HostName.literal(entry);
            if (entry.indexOf('/') >= 0 || address != null) {
                networks.add(Cidr.parse(entry));
                return;
            }
        } catch (IllegalArgumentException e) {
            throw malformed(entry);
        }
        int colon = entry.lastIndexOf(':');
        boolean hasPort = colon > entry.lastIndexOf(']');
        String host = HostName.normalised(hasPort ? entry.substring(0, colon) : entry);
        if (host == null || (hasPort && !entry.substring(colon + 1).matches("[1-9][0-9]{0,4}"))) {
            throw malformed(entry);
        }
        hosts.add(hasPort ? host + entry.substring(colon) : host);
    }

    private static IllegalArgumentException malformed(String entry) {
        return new IllegalArgumentException("'" + entry + "' is not a host, host:port or network such as 10.1.0.0/16");
    }

    /** Whether this host, in its normal form, was listed: by name, with this port, or within a network. */
    boolean listsHost(String host, int port) {
        InetAddress literal = HostName.literal(host);
        return hosts.contains(host) || hosts.contains(host + ":" + port) || listsAddress(literal);
    }

    /** Whether this address is in a listed network. */
    boolean listsAddress(@Nullable InetAddress address) {
        return address != null && networks.stream().anyMatch(network -> network.contains(address));
    }
}
