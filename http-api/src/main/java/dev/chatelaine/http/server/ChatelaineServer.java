package dev.chatelaine.http.server;

import dev.chatelaine.http.json.Json;
import dev.chatelaine.http.metrics.HttpMetrics;
import dev.chatelaine.http.server.HttpOptions.Listener;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.VaultException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * The server, wired once. It serves from {@link #start} to {@link #stop}; both may be called from any thread.
 */
public final class ChatelaineServer implements AutoCloseable {
    private static final int THREADS = 64;

    private final Server server;
    private final HttpOptions options;
    private final Sockets sockets;
    private final ServerConnector main;
    private final @Nullable ServerConnector metrics;

    /**
     * A server that does not listen yet.
     *
     * @param routes what it answers by itself
     * @param mounts what servlets answer
     * @param callers who may call
     * @param random what request ids are made from
     * @throws VaultException {@code invalid_field} when the files for TLS cannot be used
     */
    public ChatelaineServer(
            HttpOptions options, List<Route> routes, List<Mount> mounts, Callers callers, SecureRandom random) {
        this.options = options;
        this.server = new Server(threads());
        HeaderDeadline deadline = new HeaderDeadline(server.getScheduler(), options.limits());
        server.addBean(deadline, true);
        Connectors connectors = new Connectors(server, options, deadline);
        this.main = connectors.main();
        server.addConnector(main);
        Listener scraped = options.metrics();
        this.metrics = scraped == null ? null : connectors.metrics(scraped);
        if (metrics != null) {
            server.addConnector(metrics);
        }
        Json json = new Json();
        Answers answers = new Answers(json);
        RequestIds requestIds = new RequestIds(new Ids(random));
        SecurityHeaders headers = new SecurityHeaders(options.tls() != null);
        Routes table = new Routes(routes, mounts);
        ErrorAnswers errors = new ErrorAnswers(table, answers, requestIds, headers);
        HttpMetrics counted = new HttpMetrics();
        this.sockets = new Sockets(server, options.limits(), counted);
        server.addBean(sockets, true);
        CallerWatch watch = new CallerWatch(server);
        server.addBean(watch, true);
        Failures failures = new Failures();
        Refusals refusals = new Refusals(answers, callers, failures);
        Handler own = new RouteHandler(answers, json, new Delivery(answers, sockets, watch, refusals, failures));
        Handler inside = mounts.isEmpty() ? own : new Handler.Sequence(own, servlets(mounts, errors));
        Handler chain = new Observation(
                table, requestIds, headers, deadline, counted, chain(options, answers, callers, inside));
        server.setHandler(new GracefulHandler(
                new MetricsHandler(counted, answers, requestIds, headers, options.allowedHosts(), deadline, chain)));
        server.setErrorHandler(errors);
        server.setStopTimeout(options.limits().stop().toMillis());
    }

    /** What every request passes, from the outside in. */
    private static Handler chain(HttpOptions options, Answers answers, Callers callers, Handler inside) {
        return new HostAndOrigin(
                answers,
                options,
                new PathHygiene(
                        answers,
                        new LengthLimit(
                                answers,
                                new Authentication(
                                        callers,
                                        options.ownOrigins(),
                                        answers,
                                        new BodyHandler(answers, options.limits(), inside)))));
    }

    /**
     * Begins to listen.
     *
     * @throws VaultException {@code vault_unavailable} when it cannot
     */
    public void start() {
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new VaultException(
                            ErrorCode.VAULT_UNAVAILABLE,
                            "The server cannot listen on {}:{} ({}).",
                            options.listener().host(),
                            options.listener().port(),
                            e.getClass().getSimpleName())
                    .causedBy(e);
        }
    }

    /** Where it listens, as a URL: {@code http://127.0.0.1:8080}. Only after {@link #start}. */
    public URI address() {
        return address(main, options.listener(), options.tls() == null ? "http" : "https");
    }

    /** Where {@code /metrics} is, as a URL without the path. */
    public Optional<URI> metricsAddress() {
        Listener listener = options.metrics();
        return metrics == null || listener == null ? Optional.empty() : Optional.of(address(metrics, listener, "http"));
    }

    /**
     * Says goodbye on every WebSocket, stops listening, lets requests under way end within the time that the limits
     * give, and then closes the rest.
     */
    public void stop() {
        try {
            sockets.closeAll();
            server.stop();
        } catch (Exception e) {
            // Requests that did not end in time have been cut off: that is what the limit is for.
            new Failures().log("stop", e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static URI address(ServerConnector connector, Listener listener, String scheme) {
        String host = listener.host().contains(":") ? "[" + listener.host() + "]" : listener.host();
        return URI.create(scheme + "://" + host + ":" + connector.getLocalPort());
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("http");
        if (VirtualThreads.areSupported()) {
            threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("http-"));
        }
        return threads;
    }

    private static Handler servlets(List<Mount> mounts, ErrorAnswers errors) {
        ServletContextHandler context = new ServletContextHandler("/");
        context.setErrorHandler(errors);
        for (Mount mount : mounts) {
            ServletHolder holder = new ServletHolder(new GuardedServlet(mount.servlet()));
            holder.setAsyncSupported(true);
            context.addServlet(holder, mount.path());
        }
        return context;
    }
}
