package dev.chatelaine.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A connection on which a test says what no well-behaved client would. */
public final class RawConnection implements Closeable {
    private static final int PATIENCE_MS = 60_000;

    private final Socket plain;
    private final Socket socket;
    private final InputStream in;

    public RawConnection(int port) throws IOException {
        this(port, null);
    }

    /** Speaks TLS where there is something to speak it with. */
    public RawConnection(int port, @Nullable SSLContext tls) throws IOException {
        plain = new Socket(InetAddress.getLoopbackAddress(), port);
        plain.setSoTimeout(PATIENCE_MS);
        plain.setTcpNoDelay(true);
        socket = tls == null ? plain : tls.getSocketFactory().createSocket(plain, "localhost", port, true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    public RawConnection send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** As {@link #send(String)}, when the server may have hung up already. */
    public RawConnection trySend(byte[] bytes) throws IOException {
        try {
            return send(bytes);
        } catch (SocketException e) {
            return this;
        }
    }

    /** Everything until the server closes, or until a body of the announced length is there. */
    public String answer() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        try {
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                all.write(part, 0, n);
                if (isWhole(all.toString(StandardCharsets.ISO_8859_1))) {
                    break;
                }
            }
        } catch (SocketException e) {
            // The server hung up on bytes that it had not read; what came before counts.
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /** Everything until this text has come, or until the server closes. */
    public String until(String text) throws IOException {
        StringBuilder all = new StringBuilder();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                all.append((char) next);
                if (all.indexOf(text, all.length() - text.length()) >= 0) {
                    break;
                }
            }
        } catch (SocketException e) {
            // The server hung up on bytes that it had not read; what came before counts.
        }
        return all.toString();
    }

    /** Everything until the server closes. */
    public String rest() throws IOException {
        return until("\0");
    }

    /** Says that nothing more is sent, and goes on listening. */
    public void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Is gone without a goodbye of TLS's. */
    public void vanish() throws IOException {
        plain.close();
    }

    /** Is gone as a process is that was killed while there was something to read: TCP says so. */
    public void reset() throws IOException {
        plain.setSoLinger(true, 0);
        plain.close();
    }

    /** The status of the answer, or 0 when the server hung up without one. */
    public int status() throws IOException {
        return status(answer());
    }

    public static int status(String answer) {
        return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }

    private static boolean isWhole(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        int length = answer.indexOf("Content-Length: ");
        if (end < 0 || length < 0 || length > end) {
            return false;
        }
        int announced = Integer.parseInt(answer.substring(length + 16, answer.indexOf("\r\n", length)));
        return answer.length() >= end + 4 + announced;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
