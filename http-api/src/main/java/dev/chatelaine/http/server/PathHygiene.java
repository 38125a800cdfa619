package dev.chatelaine.http.server;

import dev.chatelaine.http.problem.HttpProblem;
import java.util.Arrays;
import java.util.Set;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what the HTTP parser lets pass although it can be read in two ways: path parameters, and dot segments, which
 * the parser resolves. (What is ambiguous by encoding, the parser refuses itself, but for slashes that are percent-encoded:
 * they pass where a route's last variable may have them, and nowhere else.)
 */
final class PathHygiene extends Handler.Wrapper {
    private final Answers answers;

    PathHygiene(Answers answers, Handler next) {
        super(next);
        this.answers = answers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!isPlain(request.getHttpURI(), Exchange.of(request).match())) {
            answers.problem(request, response, callback, HttpProblem.MALFORMED_REQUEST);
            return true;
        }
        return super.handle(request, response, callback);
    }

    private static boolean isPlain(HttpURI uri, Routes.@Nullable Match match) {
        String path = uri.getPath();
        return path != null
                && (!uri.hasViolations() || isName(uri, path, match))
                && path.startsWith("/")
                && path.indexOf(';') < 0
                && Arrays.stream(path.split("/", -1)).noneMatch(segment -> segment.equals(".") || segment.equals(".."));
    }

    /** Whether all that can be read in two ways are slashes in a variable that may have them. */
    private static boolean isName(HttpURI uri, String path, Routes.@Nullable Match match) {
        return match != null
                && match.resource().slashes()
                && path.startsWith(match.resource().prefix())
                && Set.copyOf(uri.getViolations()).equals(Set.of(UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR));
    }
}
