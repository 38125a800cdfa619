package dev.chatelaine.http.server;

import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.Problem;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what the HTTP layer refuses by itself, before the chain or past it, as a problem like every other. */
final class ErrorAnswers implements Request.Handler {
    private static final Logger LOG = LoggerFactory.getLogger("dev.chatelaine.http.request");

    private final Routes routes;
    private final Answers answers;
    private final RequestIds requestIds;
    private final SecurityHeaders headers;

    ErrorAnswers(Routes routes, Answers answers, RequestIds requestIds, SecurityHeaders headers) {
        this.routes = routes;
        this.answers = answers;
        this.requestIds = requestIds;
        this.headers = headers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = Exchange.find(request);
        String requestId = exchange == null ? requestIds.of(request) : exchange.requestId();
        Problem problem = Problem.of(problem(request, exchange));
        headers.put(response.getHeaders(), requestId);
        if (exchange == null) {
            LOG.atInfo()
                    .addKeyValue("request_id", requestId)
                    .addKeyValue("route", "unparsed")
                    .addKeyValue("status", problem.status())
                    .addKeyValue("error", String.valueOf(error(request)))
                    .log("request");
        }
        ErrorShape shape =
                exchange == null ? routes.errors(request.getHttpURI().getCanonicalPath()) : exchange.errors();
        answers.problem(requestId, shape, response, callback, problem);
        return true;
    }

    /** What ends a request before its header has come in is its slowness, or that the other side hung up. */
    private static HttpProblem problem(Request request, @Nullable Exchange exchange) {
        Class<?> error = error(request);
        boolean cutOff = exchange == null
                && error != null
                && (IOException.class.isAssignableFrom(error) || TimeoutException.class.isAssignableFrom(error));
        return cutOff ? HttpProblem.REQUEST_TIMEOUT : HttpProblem.ofStatus(status(request));
    }

    /** The class alone: the message may quote the request. */
    private static @Nullable Class<?> error(Request request) {
        return request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof Throwable error ? error.getClass() : null;
    }

    private static int status(Request request) {
        return request.getAttribute(ErrorHandler.ERROR_STATUS) instanceof Integer status ? status : 500;
    }
}
