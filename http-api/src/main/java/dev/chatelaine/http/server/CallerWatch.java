package dev.chatelaine.http.server;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Finds out whose caller is gone while an answer takes its time. The protocol's own code does not read from a connection
 * between a request and its answer, and so hears of a hang-up only when it writes. Here it is read from in the meantime:
 * one look round for all connections, four times a second.
 */
final class CallerWatch extends AbstractLifeCycle {
    private static final long LOOK_EVERY_MS = 250;

    private final Server server;
    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private final ByteBuffer sight = BufferUtil.allocateDirect(Watched.BYTES);

    CallerWatch(Server server) {
        this.server = server;
    }

    /**
     * Watches the caller of a request whose body has come in whole, until told to stop.
     *
     * @param gone what to do when the caller hangs up: run once at most, by a thread of the server's
     */
    Watched watch(Request request, Runnable gone) {
        Watched caller =
                new Watched(request.getConnectionMetaData().getConnection().getEndPoint(), gone, watched::remove);
        watched.add(caller);
        return caller;
    }

    @Override
    protected void doStart() {
        again();
    }

    private void again() {
        server.getScheduler()
                .schedule(() -> server.getThreadPool().execute(this::look), LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        for (Watched caller : watched) {
            if (caller.isGone(sight)) {
                server.getThreadPool().execute(caller::gone);
            }
        }
        if (isRunning()) {
            again();
        }
    }
}
