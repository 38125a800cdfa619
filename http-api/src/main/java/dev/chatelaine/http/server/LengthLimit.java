package dev.chatelaine.http.server;

import dev.chatelaine.http.problem.Problem;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refuses a body that says itself that it is too long, before any of it is read. */
final class LengthLimit extends Handler.Wrapper {
    private final Answers answers;

    LengthLimit(Answers answers, Handler next) {
        super(next);
        this.answers = answers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        int longest = Exchange.of(request).longestBody(request.getMethod());
        if (request.getLength() > longest) {
            answers.problem(request, response, callback, Problem.bodyTooLarge(longest));
            return true;
        }
        return super.handle(request, response, callback);
    }
}
