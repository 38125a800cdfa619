package dev.chatelaine.http.auth;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/** Where an issuer may be and where it describes itself. */
final class IssuerLocation {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private IssuerLocation() {}

    /** Whether keys may be fetched from there: over TLS, or from this machine. */
    static boolean isSafe(URI uri) {
        if (uri.getHost() == null || uri.getUserInfo() != null) {
            return false;
        }
        return "https".equals(uri.getScheme())
                || ("http".equals(uri.getScheme())
                        && LOOPBACK.matcher(uri.getHost()).matches());
    }

    /** OpenID Connect Discovery 1.0, section 4.1, then RFC 8414, section 3.1. */
    static List<URI> metadata(String issuer) {
        URI uri = URI.create(issuer);
        String path = uri.getRawPath() == null || "/".equals(uri.getRawPath()) ? "" : uri.getRawPath();
        String slashless = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String origin = uri.getScheme() + "://" + uri.getRawAuthority();
        return List.of(
                URI.create(origin + slashless + "/.well-known/openid-configuration"),
                URI.create(origin + "/.well-known/oauth-authorization-server" + slashless));
    }
}
