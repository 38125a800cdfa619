package dev.chatelaine.vault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A way to a port of this machine that can be cut, or go silent as a network does whose middle is gone. */
public final class TcpProxy implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final ServerSocket door;
    private final int target;

    public TcpProxy(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    public int connections() {
        return links.size();
    }

    /** From now on nothing passes on the connections that there are, which stay open; new ones are not concerned. */
    public void silence() {
        links.forEach(link -> link.silent = true);
    }

    /** Ends the connections that there are. */
    public void cut() {
        links.forEach(Link::close);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Link link = new Link(door.accept(), new Socket(InetAddress.getLoopbackAddress(), target));
                links.add(link);
                threads.execute(() -> link.pass(link.near, link.far));
                threads.execute(() -> link.pass(link.far, link.near));
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
        threads.shutdownNow();
    }

    private final class Link {
        private final Socket near;
        private final Socket far;
        private volatile boolean silent;

        Link(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }

        void pass(Socket from, Socket to) {
            byte[] buffer = new byte[8192];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (!silent) {
                        out.write(buffer, 0, n);
                    }
                }
            } catch (IOException e) {
                // One side has gone; so does the other.
            } finally {
                if (!silent) {
                    close();
                }
            }
        }

        void close() {
            links.remove(this);
            try (near;
                    far) {
                silent = false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
