package dev.chatelaine.mcp.transport;

import dev.chatelaine.http.server.Mount;
import dev.chatelaine.vault.access.Actor;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A transport's servlet, to which nobody brings another's session: that one is not there (404), like one that never was. */
final class OwnedSessions implements Servlet {
    private static final String HEADER = "Mcp-Session-Id";
    private static final String PARAMETER = "sessionId";

    private final Servlet transport;
    private final SessionOwners owners;

    OwnedSessions(Servlet transport, SessionOwners owners) {
        this.transport = transport;
        this.owners = owners;
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        Actor actor = (Actor) Objects.requireNonNull(request.getAttribute(Mount.ACTOR), "the chain knows the caller");
        String session = session((HttpServletRequest) request);
        if (session != null && !owners.isOwner(session, actor)) {
            ((HttpServletResponse) response).sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        owners.begin(actor);
        try {
            transport.service(request, session == null ? noting((HttpServletResponse) response, actor) : response);
        } finally {
            owners.end();
        }
    }

    private HttpServletResponse noting(HttpServletResponse response, Actor actor) {
        return new HttpServletResponseWrapper(response) {
            @Override
            public PrintWriter getWriter() throws IOException {
                return new EndpointWriter(super.getWriter(), owners, actor);
            }
        };
    }

    private static @Nullable String session(HttpServletRequest request) {
        String header = request.getHeader(HEADER);
        return header == null ? request.getParameter(PARAMETER) : header;
    }

    @Override
    public void init(ServletConfig config) throws ServletException {
        transport.init(config);
    }

    @Override
    public ServletConfig getServletConfig() {
        return transport.getServletConfig();
    }

    @Override
    public String getServletInfo() {
        return transport.getServletInfo();
    }

    @Override
    public void destroy() {
        transport.destroy();
    }
}
