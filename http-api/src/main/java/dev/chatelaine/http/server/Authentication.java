package dev.chatelaine.http.server;

import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.server.Callers.Credentials;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Lets pass who is known, and everybody to what is open ({@link Routes#OPEN}). */
final class Authentication extends Handler.Wrapper {
    private static final String TENANT = "X-Tenant-Id";

    private static final long RETRY_AFTER_SECONDS = 30;

    private final Callers callers;
    private final Answers answers;

    Authentication(Callers callers, Answers answers, Handler next) {
        super(next);
        this.callers = callers;
        this.answers = answers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Exchange exchange = Exchange.of(request);
        if (exchange.isOpen()) {
            return super.handle(request, response, callback);
        }
        if (repeats(request, HttpHeader.AUTHORIZATION.asString()) || repeats(request, TENANT)) {
            answers.problem(request, response, callback, HttpProblem.MALFORMED_REQUEST);
            return true;
        }
        try {
            identify(request, exchange);
        } catch (CallerRefusedException e) {
            refuse(request, response, callback, e);
            return true;
        }
        return super.handle(request, response, callback);
    }

    private void identify(Request request, Exchange exchange) {
        Actor actor = callers.identify(new Credentials(
                value(request, HttpHeader.AUTHORIZATION.asString()),
                value(request, TENANT),
                exchange.isMount() ? Channel.MCP : Channel.REST));
        exchange.identified(actor);
        request.setAttribute(Mount.ACTOR, actor);
    }

    private void refuse(Request request, Response response, Callback callback, CallerRefusedException e) {
        if (e.challenge() != null) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, e.challenge());
        }
        if (e.problem().status() == HttpStatus.SERVICE_UNAVAILABLE_503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        answers.problem(request, response, callback, e.problem());
    }

    private static boolean repeats(Request request, String header) {
        List<HttpField> fields = request.getHeaders().getFields(header);
        return fields.size() > 1;
    }

    private static @Nullable String value(Request request, String header) {
        return request.getHeaders().get(header);
    }
}
