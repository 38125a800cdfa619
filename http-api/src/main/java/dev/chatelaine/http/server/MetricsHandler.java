package dev.chatelaine.http.server;

import dev.chatelaine.http.metrics.HttpMetrics;
import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.Problem;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers on the metrics' own listener, and there alone. A scraper may come by any address of the machine; it is names
 * that DNS rebinding needs, so of names only the server's own are taken.
 */
final class MetricsHandler extends Handler.Wrapper {
    /** The name of the connector that the metrics have to themselves. */
    static final String CONNECTOR = "metrics";

    private static final Pattern ADDRESS = Pattern.compile("([0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+])(:[0-9]+)?");

    private final HttpMetrics metrics;
    private final Answers answers;
    private final RequestIds requestIds;
    private final SecurityHeaders headers;
    private final Set<String> hosts;
    private final HeaderDeadline deadline;

    MetricsHandler(
            HttpMetrics metrics,
            Answers answers,
            RequestIds requestIds,
            SecurityHeaders headers,
            Set<String> hosts,
            HeaderDeadline deadline,
            Handler others) {
        super(others);
        this.metrics = metrics;
        this.answers = answers;
        this.requestIds = requestIds;
        this.headers = headers;
        this.hosts = hosts;
        this.deadline = deadline;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!CONNECTOR.equals(request.getConnectionMetaData().getConnector().getName())) {
            return super.handle(request, response, callback);
        }
        deadline.began(request);
        Request.addCompletionListener(request, failure -> deadline.ended(request));
        String requestId = requestIds.of(request);
        headers.put(response.getHeaders(), requestId);
        HttpProblem problem = problem(request);
        if (problem == null) {
            answers.write(response, callback, 200, HttpMetrics.CONTENT_TYPE, metrics.text());
        } else {
            answers.problem(requestId, ErrorShape.PROBLEM, response, callback, Problem.of(problem));
        }
        return true;
    }

    private @Nullable HttpProblem problem(Request request) {
        String host = HostAndOrigin.only(request, HttpHeader.HOST);
        if (!ADDRESS.matcher(host).matches() && !HostAndOrigin.isAllowed(hosts, host)) {
            return HttpProblem.HOST_REFUSED;
        }
        if (request.getHeaders().contains(HttpHeader.ORIGIN)) {
            return HttpProblem.ORIGIN_REFUSED;
        }
        if (!"/metrics".equals(request.getHttpURI().getCanonicalPath())) {
            return HttpProblem.NOT_FOUND;
        }
        return Set.of("GET", "HEAD").contains(request.getMethod()) ? null : HttpProblem.METHOD_NOT_ALLOWED;
    }
}
