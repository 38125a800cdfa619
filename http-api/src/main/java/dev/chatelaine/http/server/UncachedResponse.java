package dev.chatelaine.http.server;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.eclipse.jetty.http.HttpHeader;

/** A servlet's answer, whose {@code Cache-Control} the chain has set already and the servlet cannot weaken. */
final class UncachedResponse extends HttpServletResponseWrapper {
    UncachedResponse(HttpServletResponse response) {
        super(response);
    }

    @Override
    public void setHeader(String name, String value) {
        if (!HttpHeader.CACHE_CONTROL.is(name)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (!HttpHeader.CACHE_CONTROL.is(name)) {
            super.addHeader(name, value);
        }
    }
}
