package dev.chatelaine.mcp.transport;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Something before a servlet, which it lives and ends with. */
abstract class WrappedServlet implements Servlet {
    private final Servlet inner;

    WrappedServlet(Servlet inner) {
        this.inner = inner;
    }

    abstract void handle(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException;

    /** Lets a request through. */
    final void pass(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        inner.service(request, response);
    }

    @Override
    public final void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        handle((HttpServletRequest) request, (HttpServletResponse) response);
    }

    @Override
    public final void init(ServletConfig config) throws ServletException {
        inner.init(config);
    }

    @Override
    public final ServletConfig getServletConfig() {
        return inner.getServletConfig();
    }

    @Override
    public final String getServletInfo() {
        return inner.getServletInfo();
    }

    @Override
    public final void destroy() {
        inner.destroy();
    }
}
