package dev.chatelaine.mcp.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Requests that no well-behaved client sends, each on a connection of its own. */
final class RawHttp {
    private static final int PATIENCE_MS = 20_000;

    private RawHttp() {}

    /** The answer to a head, given without its last empty line; the server is asked to hang up after it. */
    static String ask(int port, String head) throws IOException {
        return ask(port, head, new byte[0]);
    }

    static String ask(int port, String head, byte[] body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MS);
            send(socket, (head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            send(socket, body);
            return answer(socket.getInputStream());
        }
    }

    /** A server that refuses may hang up before it has read everything. */
    private static void send(Socket socket, byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (SocketException e) {
            // What it answered is read all the same.
        }
    }

    private static String answer(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[8_192];
        try {
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                all.write(part, 0, n);
            }
        } catch (SocketException e) {
            // It hung up on bytes that it had not read; what came before counts.
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
