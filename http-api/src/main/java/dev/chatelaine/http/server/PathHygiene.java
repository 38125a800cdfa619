package dev.chatelaine.http.server;

import dev.chatelaine.http.problem.HttpProblem;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses what the HTTP parser lets pass although it can be read in two ways: path parameters, and dot segments, which
 * the parser resolves. (What is ambiguous by encoding, the parser refuses itself.)
 */
final class PathHygiene extends Handler.Wrapper {
    private final Answers answers;

    PathHygiene(Answers answers, Handler next) {
        super(next);
        this.answers = answers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!isPlain(request.getHttpURI())) {
            answers.problem(request, response, callback, HttpProblem.MALFORMED_REQUEST);
            return true;
        }
        return super.handle(request, response, callback);
    }

    private static boolean isPlain(HttpURI uri) {
        String path = uri.getPath();
        return path != null
                && !uri.hasViolations()
                && path.startsWith("/")
                && path.indexOf(';') < 0
                && Arrays.stream(path.split("/", -1)).noneMatch(segment -> segment.equals(".") || segment.equals(".."));
    }
}
