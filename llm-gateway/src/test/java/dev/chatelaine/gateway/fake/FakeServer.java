package dev.chatelaine.gateway.fake;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 on a loopback port, as much of it as the clients of the providers use; a thread for each connection. */
final class FakeServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Handler handler;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    FakeServer(Handler handler) {
        this.handler = handler;
        try {
            this.listener = new ServerSocket(0, 2_000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers a request that has been read whole. */
    @FunctionalInterface
    interface Handler {
        void handle(FakeExchange exchange) throws IOException, InterruptedException;
    }

    void start() {
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            // The fake is closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedInputStream in = new BufferedInputStream(socket.getInputStream(), 32 * 1024);
            FakeRequest request = read(in, socket);
            while (request != null) {
                FakeExchange exchange = new FakeExchange(socket, in, over, request);
                handler.handle(exchange);
                request = exchange.isReusable() ? read(in, socket) : null;
            }
        } catch (IOException | InterruptedException e) {
            // The client has closed the connection, or the fake is closed.
        } finally {
            sockets.remove(socket);
        }
    }

    private static @Nullable FakeRequest read(InputStream in, Socket socket) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            socket.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        }
        String[] words = first.split(" ", 3);
        return FakeRequest.of(words[0], words[1], headers, new String(body(in, headers), StandardCharsets.UTF_8));
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (!headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int length = chunkLength(in); length > 0; length = chunkLength(in)) {
            whole.write(in.readNBytes(length));
            line(in);
        }
        line(in);
        return whole.toByteArray();
    }

    private static int chunkLength(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
    }

    /** A line without its end; empty at the end of the connection before any byte. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 && line.size() == 0) {
                return "";
            }
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(null, work, "fake-provider", 256 * 1024);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        over.countDown();
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
