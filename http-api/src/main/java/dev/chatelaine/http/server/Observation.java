package dev.chatelaine.http.server;

import dev.chatelaine.http.metrics.HttpMetrics;
import dev.chatelaine.vault.access.Actor;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The chain's outside: gives a request its id, an answer its security headers, and the log and the metrics their due
 * when the answer is out. Neither body nor query nor header nor path is written down.
 */
final class Observation extends Handler.Wrapper {
    private static final Logger LOG = LoggerFactory.getLogger("dev.chatelaine.http.request");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Routes routes;
    private final RequestIds requestIds;
    private final SecurityHeaders headers;
    private final HeaderDeadline deadline;
    private final HttpMetrics metrics;

    Observation(
            Routes routes,
            RequestIds requestIds,
            SecurityHeaders headers,
            HeaderDeadline deadline,
            HttpMetrics metrics,
            Handler next) {
        super(next);
        this.routes = routes;
        this.requestIds = requestIds;
        this.headers = headers;
        this.deadline = deadline;
        this.metrics = metrics;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpURI uri = request.getHttpURI();
        String path = uri.getCanonicalPath();
        Exchange exchange = Exchange.begin(request, requestIds.of(request), path == null ? null : routes.match(path));
        headers.put(response.getHeaders(), exchange.requestId());
        deadline.began(request);
        Request.addCompletionListener(request, failure -> completed(request, response, exchange));
        return super.handle(request, response, callback);
    }

    private void completed(Request request, Response response, Exchange exchange) {
        exchange.forgetBody();
        if (response.getStatus() != HttpStatus.SWITCHING_PROTOCOLS_101) {
            deadline.ended(request);
        }
        String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "other";
        long nanos = NanoTime.since(request.getHeadersNanoTime());
        CutOff cutOff = exchange.cutOff();
        int status = cutOff == null || response.isCommitted() ? response.getStatus() : cutOff.status();
        metrics.observe(method, exchange.template(), status, nanos);
        LoggingEventBuilder event = LOG.atInfo()
                .addKeyValue("request_id", exchange.requestId())
                .addKeyValue("method", method)
                .addKeyValue("route", exchange.template())
                .addKeyValue("status", status)
                .addKeyValue("ms", nanos / 1_000_000);
        Actor actor = exchange.actor();
        if (actor != null) {
            event = event.addKeyValue("tenant", actor.tenant()).addKeyValue("subject", actor.subject());
        }
        if (cutOff != null) {
            event = event.addKeyValue("cut_off", cutOff.label());
        }
        event.log("request");
    }
}
