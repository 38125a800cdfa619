package dev.chatelaine.http.server;

import dev.chatelaine.http.metrics.HttpMetrics;
import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/**
 * All WebSockets of a server. They share one look round, which pings those whose time has come and drops those that did
 * not answer.
 */
final class Sockets extends AbstractLifeCycle {
    private static final int LOOKS_PER_PING = 20;
    private static final int BUFFER = 512;
    private static final long PATIENCE_MS = 1000;

    private final Server server;
    private final HttpMetrics metrics;
    private final Duration ping;
    private final WebSocketMappings mappings;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Object goodbyes = new Object();
    private volatile boolean closing;

    Sockets(Server server, HttpLimits limits, HttpMetrics metrics) {
        this.server = server;
        this.metrics = metrics;
        this.ping = limits.ping();
        WebSocketComponents components = WebSocketServerComponents.ensureWebSocketComponents(server);
        // Frames are short: a compressor for each socket would cost more memory than it spares bytes.
        List.copyOf(components.getExtensionRegistry().getAvailableExtensionNames())
                .forEach(components.getExtensionRegistry()::unregister);
        this.mappings = new WebSocketMappings(components);
    }

    /**
     * Answers a request by opening a socket.
     *
     * @throws ProblemException when the request does not ask for one
     */
    void open(Request request, Response response, Callback callback, SocketSource source) {
        Socket socket = new Socket(source, this, metrics);
        try {
            require(Handshake.of(request));
            open.add(socket);
            Request.addCompletionListener(request, failure -> {
                if (failure != null) {
                    socket.abort();
                }
            });
            if (!mappings.upgrade(negotiator(socket), request, response, callback, this::configure)) {
                throw new ProblemException(HttpProblem.UPGRADE_REQUIRED);
            }
        } catch (ProblemException e) {
            socket.ended();
            throw e;
        } catch (HttpException.RuntimeException e) {
            socket.ended();
            throw new ProblemException(HttpProblem.MALFORMED_REQUEST).causedBy(e);
        } catch (RuntimeException e) {
            socket.ended();
            throw e;
        }
    }

    private void require(Handshake handshake) {
        if (handshake == Handshake.OTHER) {
            throw new ProblemException(HttpProblem.UPGRADE_REQUIRED);
        }
        if (handshake == Handshake.BROKEN) {
            throw new ProblemException(HttpProblem.MALFORMED_REQUEST);
        }
        if (closing) {
            throw new ProblemException(HttpProblem.UNAVAILABLE);
        }
    }

    private static WebSocketNegotiator negotiator(Socket socket) {
        return new WebSocketNegotiator() {
            @Override
            public Socket negotiate(
                    org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest request,
                    org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse response,
                    Callback callback) {
                return socket;
            }
        };
    }

    /** It is the pings that find out who is gone: a time-out for each connection on top would find nobody else. */
    private void configure(Configuration configuration) {
        configuration.setAutoFragment(false);
        configuration.setMaxFrameSize(Inbound.LONGEST_MESSAGE);
        configuration.setInputBufferSize(BUFFER);
        configuration.setOutputBufferSize(BUFFER);
        configuration.setIdleTimeout(Duration.ZERO);
    }

    @Override
    protected void doStart() {
        closing = false;
        again();
    }

    private void again() {
        long millis = Math.max(1, ping.toMillis() / LOOKS_PER_PING);
        server.getScheduler().schedule(() -> server.getThreadPool().execute(this::look), millis, TimeUnit.MILLISECONDS);
    }

    private void look() {
        open.forEach(socket -> socket.look(ping.toNanos()));
        if (isRunning()) {
            again();
        }
    }

    boolean isClosing() {
        return closing;
    }

    void remove(Socket socket) {
        open.remove(socket);
        if (closing) {
            synchronized (goodbyes) {
                goodbyes.notifyAll();
            }
        }
    }

    /** Says goodbye to all, waits a little for theirs, and cuts off those who do not say it. No more are opened. */
    void closeAll() {
        closing = true;
        open.forEach(socket -> socket.close(CloseStatus.SHUTDOWN));
        awaitGoodbyes();
        open.forEach(Socket::abort);
    }

    private void awaitGoodbyes() {
        long began = NanoTime.now();
        synchronized (goodbyes) {
            for (long left = PATIENCE_MS;
                    left > 0 && !open.isEmpty();
                    left = PATIENCE_MS - NanoTime.millisSince(began)) {
                try {
                    goodbyes.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
