package dev.chatelaine.gateway.fake;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One request on a fake's connection, and the ways to answer it. Used by one thread, but for {@link #gone}. */
public final class FakeExchange {
    private static final String STREAM =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-cache\r\n";

    private final Socket socket;
    private final BufferedInputStream in;
    private final CountDownLatch over;
    private final FakeRequest request;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private boolean reusable;

    FakeExchange(Socket socket, BufferedInputStream in, CountDownLatch over, FakeRequest request) {
        this.socket = socket;
        this.in = in;
        this.over = over;
        this.request = request;
    }

    public FakeRequest request() {
        return request;
    }

    /** A whole answer of JSON. */
    public void answer(int status, String json) throws IOException {
        answer(status, "", json);
    }

    /**
     * A whole answer of JSON.
     *
     * @param headers further headers, each ended by {@code \r\n}
     */
    public void answer(int status, String headers, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("HTTP/1.1 " + status + " Said\r\nContent-Type: application/json\r\n" + headers
                        + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        write(all);
        reusable = true;
    }

    /** The head of a stream that ends with the connection. */
    public void streamHead() throws IOException {
        write(STREAM + "\r\n");
    }

    /** The head of a stream of which {@link #chunk} writes the pieces and {@link #endChunks} the end. */
    void chunkedHead() throws IOException {
        write(STREAM + "Transfer-Encoding: chunked\r\n\r\n");
    }

    void chunk(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n");
    }

    void endChunks() throws IOException {
        write("0\r\n\r\n");
        reusable = true;
    }

    /** Bytes as they are. */
    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes as they are. */
    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Waits until the client has closed the connection, or the fake is closed. */
    public void awaitGone() throws IOException {
        try {
            while (in.read() >= 0) {
                // Nothing more is expected.
            }
        } finally {
            gone.complete(null);
        }
    }

    /** Completes when {@link #awaitGone} has seen the client go. */
    public CompletableFuture<Void> gone() {
        return gone;
    }

    /** Lets time pass. Answers whether the fake is still open. */
    public boolean pause(long millis) throws InterruptedException {
        return !over.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Ends the connection in the regular way. */
    public void close() throws IOException {
        socket.close();
    }

    /** Ends the connection with a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    boolean isReusable() {
        return reusable;
    }
}
