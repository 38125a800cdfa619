package dev.chatelaine.mcp.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Connections that send a byte a second: in a header, in the body of a REST call, in that of a message of MCP. */
final class SlowCallers implements AutoCloseable {
    private final List<SocketChannel> sockets = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor();
    private final int port;
    private final List<String> beginnings;

    SlowCallers(int port, String token, int count) throws IOException {
        this.port = port;
        this.beginnings =
                List.of("GET /healthz HTTP/1.1\r\nX: ", beginning("/api/secrets", token), beginning("/mcp", token));
        for (int i = 0; i < count; i++) {
            sockets.add(opened(i));
        }
        ScheduledFuture<?> unused = dripping.scheduleAtFixedRate(this::drip, 0, 1, TimeUnit.SECONDS);
    }

    private static String beginning(String path, String token) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream"
                + "\r\nContent-Length: 100000\r\n\r\n{";
    }

    /** Lets those come again that the server cut off. */
    void mend() throws IOException {
        for (int i = 0; i < sockets.size(); i++) {
            if (!isOpen(sockets.get(i))) {
                sockets.get(i).close();
                sockets.set(i, opened(i));
            }
        }
    }

    /** How many the server has neither answered nor cut off. */
    long open() {
        return sockets.stream().filter(SlowCallers::isOpen).count();
    }

    private SocketChannel opened(int i) throws IOException {
        SocketChannel socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.write(ByteBuffer.wrap(beginnings.get(i % beginnings.size()).getBytes(StandardCharsets.US_ASCII)));
        socket.configureBlocking(false);
        return socket;
    }

    private static boolean isOpen(SocketChannel socket) {
        try {
            return socket.read(ByteBuffer.allocate(1)) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void drip() {
        for (SocketChannel socket : sockets) {
            try {
                socket.write(ByteBuffer.wrap(new byte[] {'a'}));
            } catch (IOException e) {
                // It was cut off, and is found to be when somebody looks.
            }
        }
    }

    @Override
    public void close() throws IOException {
        dripping.shutdownNow();
        for (SocketChannel socket : sockets) {
            socket.close();
        }
    }
}
