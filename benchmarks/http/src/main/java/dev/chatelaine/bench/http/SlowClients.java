package dev.chatelaine.bench.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Connections that send a byte a second, half of them in a header and half in a body; one that is cut off comes again. */
final class SlowClients implements AutoCloseable {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final List<Socket> sockets = new ArrayList<>();
    private final URI address;
    private final byte[] body;

    SlowClients(URI address, String token, int count) throws IOException {
        this.address = address;
        this.body = ("POST /api/secrets HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                        + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            sockets.add(opened(i));
        }
        ScheduledFuture<?> unused = thread.scheduleAtFixedRate(this::drip, 1, 1, TimeUnit.SECONDS);
    }

    private void drip() {
        for (int i = 0; i < sockets.size(); i++) {
            try {
                sockets.get(i).getOutputStream().write('a');
            } catch (IOException e) {
                replace(i);
            }
        }
    }

    private void replace(int i) {
        try {
            sockets.get(i).close();
            sockets.set(i, opened(i));
        } catch (IOException e) {
            // It is tried again in a second.
        }
    }

    private Socket opened(int i) throws IOException {
        Socket socket = new Socket(InetAddress.getByName(address.getHost()), address.getPort());
        byte[] beginning = i % 2 == 0 ? "GET /healthz HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII) : body;
        socket.getOutputStream().write(beginning);
        return socket;
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
