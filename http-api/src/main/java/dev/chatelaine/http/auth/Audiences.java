package dev.chatelaine.http.auth;

import java.net.URI;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What a token must be for (RFC 8707, RFC 7519 section 4.1.3). Compared to the character, except that an origin without
 * a path is the same with and without its last slash (RFC 3986, section 6.2.3): clients write both.
 *
 * @param accepted the names of this service; at least one
 */
public record Audiences(Set<String> accepted) {
    public Audiences {
        if (accepted.isEmpty() || accepted.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a service has at least one audience, and none is blank");
        }
        Set<String> spelled = new HashSet<>(accepted);
        accepted.forEach(audience -> spelled.add(otherSpelling(audience)));
        accepted = Set.copyOf(spelled);
    }

    boolean acceptAny(Collection<String> claimed) {
        return claimed.stream().anyMatch(accepted::contains);
    }

    private static String otherSpelling(String audience) {
        if (audience.matches("https?://[^/?#]+")) {
            return audience + "/";
        }
        return audience.matches("https?://[^/?#]+/") ? audience.substring(0, audience.length() - 1) : audience;
    }

    /** The audience of a service at this address. */
    public static Audiences of(URI resource) {
        return new Audiences(Set.of(resource.toString()));
    }
}
