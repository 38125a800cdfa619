package dev.chatelaine.http.auth;

import java.io.IOException;
import java.net.URI;
import tools.jackson.databind.JsonNode;

/** What an issuer says of itself, fetched anew each time. Safe for several threads. */
final class IssuerMetadata {
    private final String issuer;
    private final BoundedFetch fetch;

    IssuerMetadata(String issuer, BoundedFetch fetch) {
        this.issuer = issuer;
        this.fetch = fetch;
    }

    /** The document; an exception with a message that says why there is none. */
    JsonNode fetch() throws IOException {
        IOException last = new IOException("no metadata");
        for (URI location : IssuerLocation.metadata(issuer)) {
            try {
                return checked(fetch.get(location));
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /** An address in the document. */
    static URI address(JsonNode metadata, String name) throws IOException {
        try {
            return URI.create(metadata.path(name).asString(""));
        } catch (IllegalArgumentException e) {
            throw new IOException("its metadata has an address that is none", e);
        }
    }

    /** The issuer in the metadata must be the one it was fetched for (RFC 8414, section 3.3). */
    private JsonNode checked(byte[] metadata) throws IOException {
        JsonNode json = StrictJson.object(metadata).orElseThrow(() -> new IOException("its metadata is malformed"));
        if (!issuer.equals(json.path("issuer").asString(""))) {
            throw new IOException("its metadata is another issuer's");
        }
        return json;
    }
}
