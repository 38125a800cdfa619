package dev.chatelaine.http.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The server's metrics and the JVM's. Safe for several threads. */
public final class HttpMetrics {
    /** The Prometheus text format, version 0.0.4. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final double NANOS_PER_SECOND = 1e9;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = Counter.builder()
            .name("chatelaine_http_requests_total")
            .help("Requests that were answered.")
            .labelNames("method", "route", "status")
            .withoutExemplars()
            .register(registry);
    private final Histogram duration = Histogram.builder()
            .name("chatelaine_http_request_duration_seconds")
            .help("Time from the end of a request's header to the end of its answer.")
            .labelNames("route")
            .classicOnly()
            .classicUpperBounds(.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10)
            .withoutExemplars()
            .register(registry);

    private final Gauge sockets = Gauge.builder()
            .name("chatelaine_websockets_open")
            .help("WebSockets that are open.")
            .withoutExemplars()
            .register(registry);
    private final Counter frames = Counter.builder()
            .name("chatelaine_websocket_frames_total")
            .help("Text frames that were sent.")
            .withoutExemplars()
            .register(registry);
    private final Counter drops = Counter.builder()
            .name("chatelaine_websocket_drops_total")
            .help("WebSockets that were closed for what their client did or did not do.")
            .labelNames("reason")
            .withoutExemplars()
            .register(registry);

    /** Metrics of a server that has answered nothing yet. */
    public HttpMetrics() {
        JvmMetrics.builder().register(registry);
    }

    /**
     * Counts an answer.
     *
     * @param method a known method, or {@code other}
     * @param route the route's template, or {@code unmatched}
     * @param nanos how long it took
     */
    public void observe(String method, String route, int status, long nanos) {
        requests.labelValues(method, route, Integer.toString(status)).inc();
        duration.labelValues(route).observe(nanos / NANOS_PER_SECOND);
    }

    /** Counts a WebSocket in. */
    public void socketOpened() {
        sockets.inc();
    }

    /** Counts a WebSocket out. */
    public void socketClosed() {
        sockets.dec();
    }

    /** Counts a text frame. */
    public void frameSent() {
        frames.inc();
    }

    /**
     * Counts a WebSocket that was closed for what its client did or did not do.
     *
     * @param reason one of few words
     */
    public void socketDropped(String reason) {
        drops.labelValues(reason).inc();
    }

    /** Everything, in the format of {@link #CONTENT_TYPE}. */
    public byte[] text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }
}
