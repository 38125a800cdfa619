package dev.chatelaine.http.auth;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client that was refused needs to know (RFC 9728): the name of this service as a resource, and where its tokens
 * come from.
 *
 * @param resource the service's address, which tokens have as their audience
 * @param authorizationServers the trusted issuers; none where the instance issues its own tokens, which a client cannot
 *     ask for
 * @param scopes the scopes that clients should ask the issuer for, as that issuer knows them; often none
 */
public record ProtectedResourceMetadata(URI resource, List<String> authorizationServers, List<String> scopes) {
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    public ProtectedResourceMetadata {
        if (resource.getHost() == null || resource.getRawQuery() != null || resource.getRawFragment() != null) {
            throw new IllegalArgumentException("a resource is an absolute address without query and fragment");
        }
        authorizationServers = List.copyOf(authorizationServers);
        scopes = List.copyOf(scopes);
    }

    /** The document's path: the well-known one, before the resource's own path (RFC 9728, section 3.1). */
    public String path() {
        String own = resource.getRawPath() == null || "/".equals(resource.getRawPath()) ? "" : resource.getRawPath();
        return WELL_KNOWN + own;
    }

    /** The document's address, for challenges. */
    public URI location() {
        return URI.create(resource.getScheme() + "://" + resource.getRawAuthority() + path());
    }

    /** The document, for rendering as JSON. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("resource", resource.toString());
        if (!authorizationServers.isEmpty()) {
            document.put("authorization_servers", authorizationServers);
        }
        if (!scopes.isEmpty()) {
            document.put("scopes_supported", scopes);
        }
        document.put("bearer_methods_supported", List.of("header"));
        document.put("resource_name", "Chatelaine");
        return document;
    }
}
