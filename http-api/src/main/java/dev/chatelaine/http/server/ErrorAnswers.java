package dev.chatelaine.http.server;

import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.Problem;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what the HTTP layer refuses by itself, before the chain or past it, as a problem like every other. */
final class ErrorAnswers implements Request.Handler {
    private static final Logger LOG = LoggerFactory.getLogger("dev.chatelaine.http.request");

    private final Answers answers;
    private final RequestIds requestIds;
    private final SecurityHeaders headers;

    ErrorAnswers(Answers answers, RequestIds requestIds, SecurityHeaders headers) {
        this.answers = answers;
        this.requestIds = requestIds;
        this.headers = headers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = Exchange.find(request);
        String requestId = exchange == null ? requestIds.of(request) : exchange.requestId();
        Problem problem = Problem.of(HttpProblem.ofStatus(status(request)));
        headers.put(response.getHeaders(), requestId);
        if (exchange == null) {
            LOG.atInfo()
                    .addKeyValue("request_id", requestId)
                    .addKeyValue("route", "unparsed")
                    .addKeyValue("status", problem.status())
                    .log("request");
        }
        answers.problem(requestId, response, callback, problem);
        return true;
    }

    private static int status(Request request) {
        return request.getAttribute(ErrorHandler.ERROR_STATUS) instanceof Integer status ? status : 500;
    }
}
