package dev.chatelaine.vault.provider;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What an IP address is good for, by the IANA special-purpose registries (RFC 6890 and its successors). */
enum AddressKind {
    /** Anybody's: on the Internet. */
    PUBLIC,
    /** This machine's own. */
    LOOPBACK,
    /** A private network's (RFC 1918, RFC 4193, and the shared space of RFC 6598). */
    PRIVATE,
    /** No one's to connect to: unspecified, link-local, multicast, reserved, or a cloud's metadata service. */
    FORBIDDEN;

    private static final List<Cidr> LOOPBACKS = cidrs("127.0.0.0/8", "::1/128");
    private static final List<Cidr> PRIVATES =
            cidrs("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");
    /** Metadata and host services of clouds at addresses that are otherwise private or public: AWS, Alibaba, Azure. */
    private static final List<Cidr> METADATA = cidrs("fd00:ec2::254/128", "100.100.100.200/32", "168.63.129.16/32");

    private static final List<Cidr> SPECIAL = cidrs(
            "0.0.0.0/8",
            "169.254.0.0/16",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "3fff::/20");

    private static final List<Cidr> GLOBAL_UNICAST = cidrs("2000::/3");
    /** Addresses of IPv6 that stand for one of IPv4: NAT64 (RFC 6052), compatible (RFC 4291), 6to4 (RFC 3056). */
    private static final List<Cidr> V4_AT_END = cidrs("64:ff9b::/96", "::/96");

    private static final List<Cidr> V4_AT_2 = cidrs("2002::/16");

    static AddressKind of(InetAddress address) {
        if (in(METADATA, address)) {
            return FORBIDDEN;
        }
        if (in(LOOPBACKS, address)) {
            return LOOPBACK;
        }
        if (in(PRIVATES, address)) {
            return PRIVATE;
        }
        if (in(SPECIAL, address)) {
            return FORBIDDEN;
        }
        return address instanceof Inet6Address ? ofV6(address) : PUBLIC;
    }

    private static AddressKind ofV6(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (in(V4_AT_END, address)) {
            return embedded(bytes, 12);
        }
        if (in(V4_AT_2, address)) {
            return embedded(bytes, 2);
        }
        return in(GLOBAL_UNICAST, address) ? PUBLIC : FORBIDDEN;
    }

    /** An embedded address that is not public is reached by no honest route. */
    private static AddressKind embedded(byte[] bytes, int at) {
        try {
            InetAddress v4 = InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4));
            return of(v4) == PUBLIC ? PUBLIC : FORBIDDEN;
        } catch (UnknownHostException e) {
            return FORBIDDEN;
        }
    }

    private static boolean in(List<Cidr> blocks, InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    private static List<Cidr> cidrs(String... blocks) {
        return Stream.of(blocks).map(Cidr::parse).toList();
    }
}
