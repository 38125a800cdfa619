package dev.chatelaine.gateway.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A server on a socket that does to each request, when it has read it, what the test says. */
final class RawServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Script script;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private RawServer(Script script) throws IOException {
        this.script = script;
        this.listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    @FunctionalInterface
    interface Script {
        void play(Exchange exchange) throws Exception;
    }

    static RawServer doing(Script script) throws IOException {
        return new RawServer(script);
    }

    static RawServer answering(int status, String headers, String body) throws IOException {
        return doing(exchange -> exchange.answer(status, headers, body));
    }

    /** A stream of events that ends with the connection. */
    static RawServer streaming(String events) throws IOException {
        return doing(exchange -> {
            exchange.streamHead();
            exchange.write(events);
            exchange.close();
        });
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/v1");
    }

    int port() {
        return listener.getLocalPort();
    }

    List<Exchange> exchanges() {
        return exchanges;
    }

    int connections() {
        return sockets.size();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket socket = listener.accept();
                sockets.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try {
            while (!socket.isClosed()) {
                Exchange exchange = new Exchange(socket);
                if (!exchange.read()) {
                    return;
                }
                exchanges.add(exchange);
                script.play(exchange);
            }
        } catch (Exception e) {
            // The client has closed the connection, which is part of the game.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(null, work, "raw-server", 128 * 1024);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** One request and what is done to it. */
    final class Exchange {
        private final Socket socket;
        private final AtomicLong written = new AtomicLong();
        private final CompletableFuture<Void> gone = new CompletableFuture<>();
        private String head = "";
        private String body = "";

        Exchange(Socket socket) {
            this.socket = socket;
        }

        /** Which request of the server's this is, from 1. */
        int number() {
            return exchanges.indexOf(this) + 1;
        }

        String head() {
            return head;
        }

        String body() {
            return body;
        }

        /** How many bytes the connection has taken. */
        long written() {
            return written.get();
        }

        /** Completes when the client has given up the connection. */
        CompletableFuture<Void> gone() {
            return gone;
        }

        boolean read() throws IOException {
            InputStream in = socket.getInputStream();
            StringBuilder text = new StringBuilder();
            while (text.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return false;
                }
                text.append((char) next);
            }
            head = text.toString();
            body = new String(in.readNBytes(length()), StandardCharsets.UTF_8);
            return true;
        }

        private int length() {
            return head.lines()
                    .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                    .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                    .findFirst()
                    .orElse(0);
        }

        void answer(int status, String headers, String text) throws IOException {
            int length = text.getBytes(StandardCharsets.UTF_8).length;
            write("HTTP/1.1 " + status + " Said\r\nContent-Type: application/json\r\n" + headers + "Content-Length: "
                    + length + "\r\n\r\n" + text);
        }

        void streamHead() throws IOException {
            write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
        }

        void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            written.addAndGet(bytes.length);
        }

        /** Waits until the client has closed the connection. */
        void awaitGone() throws IOException {
            try {
                while (socket.getInputStream().read() >= 0) {
                    // Nothing more is expected.
                }
            } finally {
                gone.complete(null);
            }
        }

        /** Lets time pass, unless the test is over. */
        boolean pause(long millis) throws InterruptedException {
            return !closed.await(millis, TimeUnit.MILLISECONDS);
        }

        void close() throws IOException {
            socket.close();
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
