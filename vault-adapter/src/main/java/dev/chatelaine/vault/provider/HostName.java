package dev.chatelaine.vault.provider;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the host of a URL without asking any name server. */
final class HostName {
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\\.[a-z0-9_][a-z0-9_-]{0,62})*");
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern DOTTED_QUAD = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
    /** A last label that makes the whole an IPv4 address in some notation (WHATWG URL, "ends in a number"). */
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

    private static final Pattern V6 = Pattern.compile("[0-9a-f:.]{2,45}");

    private HostName() {}

    /**
     * The host in the one way in which it is compared and stored: lower case, without a full stop at its end, IPv6 in
     * brackets.
     *
     * @return null when it is neither a name nor an address in its usual notation; so are the decimal, octal,
     *     hexadecimal and short forms of IPv4
     */
    static @Nullable String normalised(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        if (name.startsWith("[")) {
            InetAddress address = literal(name);
            return address == null ? null : bracketed(address);
        }
        if (ENDS_IN_NUMBER.matcher(name).matches()) {
            return DOTTED_QUAD.matcher(name).matches() ? name : null;
        }
        return NAME.matcher(name).matches() ? name : null;
    }

    /** The address that is written so, IPv6 with or without brackets; null for a name and for anything else. */
    static @Nullable InetAddress literal(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean brackets = lower.startsWith("[") && lower.endsWith("]");
        String bare = brackets ? lower.substring(1, lower.length() - 1) : lower;
        boolean v6 = bare.indexOf(':') >= 0 && V6.matcher(bare).matches();
        if (!v6 && (brackets || !DOTTED_QUAD.matcher(bare).matches())) {
            return null;
        }
        try {
            return InetAddress.getByName(v6 ? "[" + bare + "]" : bare);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Whether this name means the machine itself (RFC 6761, section 6.3). */
    static boolean isLocalhost(String name) {
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    private static String bracketed(InetAddress address) {
        String text = address.getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }
}
