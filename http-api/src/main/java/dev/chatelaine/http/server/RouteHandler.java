package dev.chatelaine.http.server;

import dev.chatelaine.http.json.Json;
import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.Problem;
import dev.chatelaine.http.problem.ProblemException;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The chain's inside: finds the route, has its action answer, and turns what goes wrong into a problem. */
final class RouteHandler extends Handler.Abstract {
    private final Answers answers;
    private final Callers callers;
    private final RequestReader reader;
    private final Sockets sockets;
    private final Failures failures;

    RouteHandler(Answers answers, Callers callers, Json json, Sockets sockets, Failures failures) {
        this.answers = answers;
        this.sockets = sockets;
        this.callers = callers;
        this.reader = new RequestReader(json);
        this.failures = failures;
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
        answer(request, response, callback, route);
        return true;
    }

    private void answer(Request request, Response response, Callback callback, Route route) {
        Reply reply;
        try {
            reply = route.action().answer(reader.call(request, Exchange.of(request)));
            if (reply.content() instanceof Reply.Socket socket) {
                sockets.open(request, response, callback, socket.source());
                return;
            }
        } catch (CallerRefusedException e) {
            answers.refusal(request, response, callback, e);
            return;
        } catch (VaultException e) {
            answers.problem(request, response, callback, refused(request, response, e));
            return;
        } catch (ProblemException e) {
            offerUpgrade(response, e.problem());
            answers.problem(request, response, callback, e.problem());
            return;
        } catch (RuntimeException e) {
            failures.log(Exchange.of(request).requestId(), e);
            answers.problem(request, response, callback, HttpProblem.INTERNAL_ERROR);
            return;
        }
        answers.reply(response, callback, reply);
    }

    /** RFC 9110, section 15.5.22, and RFC 6455, section 4.4. */
    private static void offerUpgrade(Response response, Problem problem) {
        if (problem.status() == HttpProblem.UPGRADE_REQUIRED.status()) {
            response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
            response.getHeaders().put(HttpHeader.CONNECTION, "upgrade");
            response.getHeaders().put(HttpHeader.SEC_WEBSOCKET_VERSION, Handshake.VERSION);
        }
    }

    private Problem refused(Request request, Response response, VaultException e) {
        Problem problem = Problem.of(e);
        if (problem.status() >= 500 && problem.status() != HttpStatus.BAD_GATEWAY_502) {
            failures.log(Exchange.of(request).requestId(), e);
        }
        String missing = e.missing();
        if (missing != null) {
            callers.insufficientScope(missing)
                    .ifPresent(challenge -> response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, challenge));
        }
        boolean precondition =
                e.code() == ErrorCode.CONFLICT && request.getHeaders().contains(HttpHeader.IF_MATCH);
        return precondition ? problem.withStatus(412) : problem;
    }
}
