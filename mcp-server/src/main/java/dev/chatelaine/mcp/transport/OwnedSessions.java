package dev.chatelaine.mcp.transport;

import dev.chatelaine.http.server.Mount;
import dev.chatelaine.vault.access.Actor;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A transport's servlet, to which nobody brings another's session: that one is not there (404), like one that never was. */
final class OwnedSessions extends WrappedServlet {
    private final SessionOwners owners;
    private final Function<HttpServletRequest, @Nullable String> named;

    /**
     * A guard.
     *
     * @param named reads the session from where the transport reads it, and from nowhere else; null for none
     */
    OwnedSessions(Servlet transport, SessionOwners owners, Function<HttpServletRequest, @Nullable String> named) {
        super(transport);
        this.owners = owners;
        this.named = named;
    }

    @Override
    void handle(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        Actor actor = (Actor) Objects.requireNonNull(request.getAttribute(Mount.ACTOR), "the chain knows the caller");
        String session = named.apply(request);
        if (session != null && !owners.isOwner(session, actor)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        owners.begin(actor);
        try {
            pass(request, session == null ? noting(response, actor) : response);
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
}
