package dev.chatelaine.http.server;

import dev.chatelaine.http.json.Json;
import dev.chatelaine.http.problem.HttpProblem;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The chain's inside: finds the route and has its action answer. */
final class RouteHandler extends Handler.Abstract {
    private final Answers answers;
    private final RequestReader reader;
    private final Delivery delivery;

    RouteHandler(Answers answers, Json json, Delivery delivery) {
        this.answers = answers;
        this.reader = new RequestReader(json);
        this.delivery = delivery;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = Exchange.of(request);
        Routes.Match match = exchange.match();
        if (match == null) {
            answers.problem(request, response, callback, HttpProblem.NOT_FOUND);
            return true;
        }
        if (exchange.isMount()) {
            return false;
        }
        Route route = match.resource().route(request.getMethod());
        if (route == null) {
            response.getHeaders().put(HttpHeader.ALLOW, match.resource().allowed());
            answers.problem(request, response, callback, HttpProblem.METHOD_NOT_ALLOWED);
            return true;
        }
        delivery.answer(
                new Pending(request, response, callback), () -> route.action().answer(reader.call(request, exchange)));
        return true;
    }
}
