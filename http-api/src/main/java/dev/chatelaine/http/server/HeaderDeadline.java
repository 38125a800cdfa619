package dev.chatelaine.http.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.WebSocketConnection;

/**
 * Closes connections on which the header of a request does not come to its end. An idle time-out does not see them: a
 * byte a second is not idle.
 */
final class HeaderDeadline extends AbstractLifeCycle implements Connection.Listener {
    private static final long LOOK_EVERY_MS = 1000;

    private final Map<Connection, Waiting> waiting = new ConcurrentHashMap<>();
    private final Scheduler scheduler;
    private final long limitNanos;

    HeaderDeadline(Scheduler scheduler, HttpLimits limits) {
        this.scheduler = scheduler;
        this.limitNanos = limits.headers().toNanos();
    }

    /** Since when a header is awaited; a later one counts from its first byte, before which {@code since} is 0. */
    private record Waiting(long bytesBefore, boolean begun, long since) {
        Waiting look(long bytes) {
            return !begun && bytes > bytesBefore ? new Waiting(bytes, true, NanoTime.now()) : this;
        }
    }

    @Override
    public void onOpened(Connection connection) {
        if (!(connection instanceof SslConnection || connection instanceof WebSocketConnection)) {
            waiting.put(connection, new Waiting(0, true, NanoTime.now()));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        waiting.remove(connection);
    }

    void began(Request request) {
        waiting.remove(request.getConnectionMetaData().getConnection());
    }

    void ended(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        if (connection.getEndPoint().isOpen()) {
            waiting.put(connection, new Waiting(connection.getBytesIn(), false, 0));
            if (!connection.getEndPoint().isOpen()) {
                waiting.remove(connection);
            }
        }
    }

    @Override
    protected void doStart() {
        scheduler.schedule(this::look, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        waiting.replaceAll((connection, since) -> since.look(connection.getBytesIn()));
        waiting.forEach((connection, since) -> {
            boolean late = since.begun() && NanoTime.since(since.since()) > limitNanos;
            if (late && waiting.remove(connection, since)) {
                connection.close();
            }
        });
        if (isRunning()) {
            scheduler.schedule(this::look, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        }
    }
}
