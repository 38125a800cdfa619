package dev.chatelaine.vault.provider;

import java.net.InetAddress;

/**
 * A block of IP addresses (RFC 4632).
 *
 * @param network any address of the block
 * @param bits how many leading bits its addresses share
 */
record Cidr(InetAddress network, int bits) {
    Cidr {
        if (bits < 0 || bits > network.getAddress().length * 8) {
            throw new IllegalArgumentException("The number after '/' is larger than the address has bits");
        }
    }

    /**
     * The block that is written so: {@code 10.0.0.0/8}, {@code fd00::/8}, or one address alone.
     *
     * @throws IllegalArgumentException when it is not an address in its usual notation, with or without a number of bits
     */
    static Cidr parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = HostName.literal(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            throw new IllegalArgumentException("expected an IP address");
        }
        int all = network.getAddress().length * 8;
        return new Cidr(network, slash < 0 ? all : bits(text.substring(slash + 1)));
    }

    private static int bits(String text) {
        if (!text.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("expected a number of bits after '/'");
        }
        return Integer.parseInt(text);
    }

    boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((mine[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
