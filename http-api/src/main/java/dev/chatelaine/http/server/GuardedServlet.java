package dev.chatelaine.http.server;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Keeps what a servlet throws away from the container, which would log it with the request that it may quote, and its
 * answers out of caches.
 */
final class GuardedServlet implements Servlet {
    private final Servlet guarded;
    private final Failures failures = new Failures();

    GuardedServlet(Servlet guarded) {
        this.guarded = guarded;
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) throws IOException {
        try {
            guarded.service(request, new UncachedResponse((HttpServletResponse) response));
        } catch (IOException | ServletException | RuntimeException e) {
            failures.log(((HttpServletResponse) response).getHeader(RequestIds.HEADER), e);
            if (!response.isCommitted()) {
                ((HttpServletResponse) response).sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            }
        }
    }

    @Override
    public void init(ServletConfig config) throws ServletException {
        guarded.init(config);
    }

    @Override
    public ServletConfig getServletConfig() {
        return guarded.getServletConfig();
    }

    @Override
    public String getServletInfo() {
        return guarded.getServletInfo();
    }

    @Override
    public void destroy() {
        guarded.destroy();
    }
}
