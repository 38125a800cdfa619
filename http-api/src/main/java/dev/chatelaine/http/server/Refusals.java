package dev.chatelaine.http.server;

import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.Problem;
import dev.chatelaine.http.problem.ProblemException;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import reactor.core.Exceptions;

/** Answers with what an action throws, or what became of the answer that it promised. */
final class Refusals {
    private final Answers answers;
    private final Callers callers;
    private final Failures failures;

    Refusals(Answers answers, Callers callers, Failures failures) {
        this.answers = answers;
        this.callers = callers;
        this.failures = failures;
    }

    void answer(Pending pending, Throwable thrown) {
        Throwable failure = Exceptions.unwrap(thrown);
        Request request = pending.request();
        Response response = pending.response();
        if (failure instanceof CallerRefusedException e) {
            answers.refusal(request, response, pending.callback(), e);
            return;
        }
        Problem problem;
        if (failure instanceof VaultException e) {
            problem = refused(request, response, e);
        } else if (failure instanceof ProblemException e) {
            problem = e.problem();
            offerUpgrade(response, problem);
        } else {
            failures.log(pending.exchange().requestId(), failure);
            problem = Problem.of(HttpProblem.INTERNAL_ERROR);
        }
        answers.problem(request, response, pending.callback(), problem);
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
