package dev.chatelaine.http.server;

import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.Problem;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes the body in before the handlers behind it begin, so that a slow client holds a connection but no thread, and
 * a body that is too long is refused before it is there.
 */
final class BodyHandler extends Handler.Wrapper {
    /** What is held at once of bodies beyond the usual length, in bytes. */
    private static final long LARGE_BODIES = 64L << 20;

    private final Answers answers;
    private final HttpLimits limits;
    private final LargeBodies large = new LargeBodies(LARGE_BODIES);

    BodyHandler(Answers answers, HttpLimits limits, Handler next) {
        super(next);
        this.answers = answers;
        this.limits = limits;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getLength() == 0) {
            return super.handle(request, response, callback);
        }
        int longest = Exchange.of(request).longestBody(request.getMethod());
        LargeBodies.Room room = large.admit(request.getLength());
        if (room == null) {
            answers.problem(request, response, callback, HttpProblem.UNAVAILABLE);
            return true;
        }
        Exchange.of(request).takesRoom(room::leave);
        new BodyReading(request, longest, room, limits, new BodyReading.End() {
                    @Override
                    public void whole(byte[] body) {
                        next(request, response, callback, body);
                    }

                    @Override
                    public void broken(Problem problem) {
                        answers.problem(request, response, callback, problem);
                    }
                })
                .begin();
        return true;
    }

    private void next(Request request, Response response, Callback callback, byte[] body) {
        Exchange exchange = Exchange.of(request);
        exchange.received(body);
        Request whole = exchange.isMount() ? new BufferedRequest(request, body) : request;
        try {
            if (!super.handle(whole, response, callback)) {
                answers.problem(request, response, callback, HttpProblem.NOT_FOUND);
            }
        } catch (Exception e) {
            Response.writeError(whole, response, callback, e);
        }
    }
}
