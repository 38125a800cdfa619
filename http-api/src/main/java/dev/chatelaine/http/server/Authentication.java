package dev.chatelaine.http.server;

import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.Problem;
import dev.chatelaine.http.server.Callers.Credentials;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Lets pass who is known, and everybody to what is open or a page. */
final class Authentication extends Handler.Wrapper {
    static final String TENANT = "X-Tenant-Id";

    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final Callers callers;
    private final Set<String> ownOrigins;
    private final Answers answers;

    Authentication(Callers callers, Set<String> ownOrigins, Answers answers, Handler next) {
        super(next);
        this.callers = callers;
        this.ownOrigins = ownOrigins;
        this.answers = answers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Exchange exchange = Exchange.of(request);
        Route.Access access = exchange.access(request.getMethod());
        if (access == Route.Access.OPEN) {
            return super.handle(request, response, callback);
        }
        if (repeats(request, HttpHeader.AUTHORIZATION.asString()) || repeats(request, TENANT)) {
            answers.problem(request, response, callback, HttpProblem.MALFORMED_REQUEST);
            return true;
        }
        try {
            if (access == Route.Access.BEARER) {
                exchange.showed(BearerToken.in(value(request, HttpHeader.AUTHORIZATION.asString())));
            } else {
                exchange.judged(!READING.contains(request.getMethod()) && !HostAndOrigin.isOwn(request, ownOrigins));
                identify(request, exchange);
            }
        } catch (CallerRefusedException e) {
            if (access != Route.Access.PAGE || !e.isStranger()) {
                answers.refusal(request, response, callback, e);
                return true;
            }
        } catch (VaultException e) {
            answers.problem(request, response, callback, Problem.of(e));
            return true;
        }
        return super.handle(request, response, callback);
    }

    private void identify(Request request, Exchange exchange) {
        Actor actor = callers.identify(new Credentials(
                value(request, HttpHeader.AUTHORIZATION.asString()),
                value(request, TENANT),
                exchange.isMount() ? Channel.MCP : Channel.REST,
                Cookies.of(request),
                exchange.isForgeable()));
        exchange.identified(actor);
        request.setAttribute(Mount.ACTOR, actor);
    }

    private static boolean repeats(Request request, String header) {
        List<HttpField> fields = request.getHeaders().getFields(header);
        return fields.size() > 1;
    }

    private static @Nullable String value(Request request, String header) {
        return request.getHeaders().get(header);
    }
}
