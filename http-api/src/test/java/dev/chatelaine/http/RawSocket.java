package dev.chatelaine.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that does as it is told, well-behaved or not. */
public final class RawSocket implements Closeable {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    /** What is told of a connection that ended without a goodbye. */
    public static final int NO_GOODBYE = 1006;

    private static final int PATIENCE_MS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final String answer;

    /** A frame that came. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Frame(int opcode, byte[] payload) {
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** The code of a goodbye. */
        public int code() {
            return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort();
        }
    }

    private RawSocket(int port, String request) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        this.in = new DataInputStream(socket.getInputStream());
        this.answer = header();
    }

    /** Asks for a socket, with these header lines besides the usual. */
    public static RawSocket open(int port, String path, String token, String... lines) throws IOException {
        return new RawSocket(
                port,
                request(
                        path,
                        "Authorization: Bearer " + token,
                        lines.length == 0 ? "X-None: 1" : String.join("\r\n", lines)));
    }

    /** The request, whose lines may be taken away again. */
    public static String request(String path, String... lines) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** The header that the request was answered with. */
    public String answer() {
        return answer;
    }

    private String header() throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        while (!header.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            header.write(next);
        }
        return header.toString(StandardCharsets.ISO_8859_1);
    }

    public RawSocket send(int opcode, boolean last, byte[] payload) throws IOException {
        return send(frame(opcode, last, payload));
    }

    public RawSocket send(int opcode, String text) throws IOException {
        return send(opcode, true, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whatever that is; where the server has hung up, nothing. */
    public RawSocket send(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
        } catch (SocketException e) {
            return this;
        }
        return this;
    }

    /** A masked frame (RFC 6455, section 5.2). */
    public static byte[] frame(int opcode, boolean last, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) (opcode | (last ? 0x80 : 0)));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        byte[] mask = {1, 2, 3, 4};
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i % 4]));
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    /** The next frame of any kind. */
    public Frame next() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(first & 15, payload);
    }

    /** The next text; pings before it are answered. */
    public String text() throws IOException {
        while (true) {
            Frame frame = next();
            switch (frame.opcode()) {
                case TEXT -> {
                    return frame.text();
                }
                case PING -> send(PONG, true, frame.payload());
                default -> throw new AssertionError("no text but " + frame.opcode() + " " + frame.code());
            }
        }
    }

    /** Reads on until the server ends it, answering nothing, and tells the code that it ended with. */
    public int end() throws IOException {
        int code = NO_GOODBYE;
        try {
            while (true) {
                Frame frame = next();
                if (frame.opcode() == CLOSE) {
                    code = frame.code();
                }
            }
        } catch (EOFException | SocketException e) {
            return code;
        }
    }

    /** Sends no more, and reads on. */
    public void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
