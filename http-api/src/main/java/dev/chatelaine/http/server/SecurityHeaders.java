package dev.chatelaine.http.server;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** The headers of every answer. */
final class SecurityHeaders {
    private final boolean tls;

    SecurityHeaders(boolean tls) {
        this.tls = tls;
    }

    void put(HttpFields.Mutable headers, String requestId) {
        headers.put(RequestIds.HEADER, requestId);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        if (tls) {
            headers.put(HttpHeader.STRICT_TRANSPORT_SECURITY, "max-age=31536000");
        }
    }
}
