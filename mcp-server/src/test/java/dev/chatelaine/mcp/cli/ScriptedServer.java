package dev.chatelaine.mcp.cli;

import dev.chatelaine.vault.FreePort;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A server of one session that does what a test says, in the bytes of HTTP/1.1 and of WebSocket frames (RFC 6455). */
final class ScriptedServer implements AutoCloseable {
    static final String PERSON = "person-token";
    static final String RUNTIME = "crt_runtime-token-0123456789";

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** The lines of all requests, in their order. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<Socket> followers = new CopyOnWriteArrayList<>();
    private final Map<Socket, Integer> pongs = new ConcurrentHashMap<>();
    private final SortedMap<String, String> values = new TreeMap<>();
    private final int port;
    private ServerSocket listening;
    private Thread accepting;
    private long revision = 1;
    private volatile boolean revoked;
    private volatile String refusal = "";
    private volatile int refusalStatus;

    ScriptedServer(Map<String, String> values) {
        this.values.putAll(values);
        this.port = FreePort.next();
        this.listening = listen(port);
        this.accepting = accept(listening);
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Changes a value and tells all who follow. */
    synchronized void put(String key, String value) {
        values.put(key, value);
        revision++;
        tell("{\"type\":\"system\",\"event\":\"config_update\",\"keys\":[\"" + key + "\"],\"revision\":" + revision
                + "}");
    }

    void stopSession() {
        tell("{\"type\":\"system\",\"event\":\"session_stopped\"}");
    }

    void tell(String frame) {
        followers.forEach(follower -> send(follower, 0x81, frame.getBytes(StandardCharsets.UTF_8)));
    }

    void ping() {
        followers.forEach(follower -> send(follower, 0x89, new byte[0]));
    }

    int pongs() {
        return pongs.values().stream().mapToInt(Integer::intValue).sum();
    }

    int followers() {
        return followers.size();
    }

    long count(String beginning) {
        return requests.stream()
                .filter(request -> request.startsWith(beginning))
                .count();
    }

    /** From now on the runtime's token does not count. */
    void revoke() {
        revoked = true;
    }

    /** From now on no session is opened. */
    void refuse(int status, String problem) {
        refusalStatus = status;
        refusal = problem;
    }

    /** Ends every connection, and takes no more. */
    void goAway() throws IOException {
        listening.close();
        awaitEnd(accepting);
        drop();
    }

    /** The system listens on until whoever waits for a connection has been woken. */
    private static void awaitEnd(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    void comeBack() {
        listening = listen(port);
        accepting = accept(listening);
    }

    void drop() throws IOException {
        followers.clear();
        for (Socket connection : connections) {
            connection.close();
        }
        connections.clear();
    }

    @Override
    public void close() throws IOException {
        goAway();
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Thread accept(ServerSocket own) {
        return thread(() -> {
            while (true) {
                Socket connection = own.accept();
                connections.add(connection);
                thread(() -> serve(connection));
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Thread thread(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The other side, or the test, has closed it.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void serve(Socket connection) throws IOException {
        InputStream in = new BufferedInputStream(connection.getInputStream());
        while (true) {
            List<String> head = head(in);
            String request = head.get(0);
            Map<String, String> fields = head.stream()
                    .skip(1)
                    .map(line -> line.split(":", 2))
                    .collect(Collectors.toMap(field -> field[0].toLowerCase(Locale.ROOT), field -> field[1].strip()));
            in.readNBytes(Integer.parseInt(fields.getOrDefault("content-length", "0")));
            requests.add(request.substring(0, request.lastIndexOf(' ')));
            String path = request.split(" ", -1)[1];
            boolean runtimes = path.endsWith("/env") || path.contains("/events");
            String expected = "Bearer " + (runtimes ? RUNTIME : PERSON);
            if (path.equals("/healthz")) {
                answer(connection, 200, "{}");
            } else if (!expected.equals(fields.get("authorization")) || (runtimes && revoked)) {
                answer(connection, 401, "{\"code\":\"unauthenticated\",\"detail\":\"Send a token.\"}");
            } else if (path.contains("/events")) {
                follow(connection, in, fields.getOrDefault("sec-websocket-key", ""), path);
                return;
            } else {
                api(connection, path);
            }
        }
    }

    private synchronized void api(Socket connection, String path) throws IOException {
        if (path.endsWith("/env")) {
            answer(
                    connection,
                    200,
                    JsonMapper.shared()
                            .writeValueAsString(Map.of("revision", revision, "llm", Map.of(), "values", values)));
        } else if (path.endsWith("/stop")) {
            answer(connection, 200, "{\"status\":\"stopped\"}");
        } else if (refusal.isEmpty()) {
            String base = "https://vault.example.com/v1/sessions/ses_1/";
            answer(
                    connection,
                    201,
                    "{\"id\":\"ses_1\",\"status\":\"running\",\"runtime\":{\"token\":\"" + RUNTIME
                            + "\",\"expires_at\":\"2027-01-01T00:00:00Z\",\"env_url\":\"" + base
                            + "env\",\"events_url\":\"" + base.replace("https", "wss") + "events\"}}");
        } else {
            answer(connection, refusalStatus, refusal);
        }
    }

    private void follow(Socket connection, InputStream in, String key, String path) throws IOException {
        String accepted;
        try {
            accepted = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        write(
                connection,
                ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Accept: " + accepted + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        synchronized (this) {
            String event = path.endsWith("revision=" + revision) ? "hello" : "config_update";
            send(
                    connection,
                    0x81,
                    ("{\"type\":\"system\",\"event\":\"" + event + "\",\"keys\":[],\"revision\":" + revision + "}")
                            .getBytes(StandardCharsets.UTF_8));
            followers.add(connection);
        }
        while (true) {
            int opcode = in.read() & 0x0f;
            int length = in.read() & 0x7f;
            if (in.readNBytes(4 + length).length < 4 + length) {
                throw new EOFException();
            }
            if (opcode == 0xA) {
                pongs.merge(connection, 1, Integer::sum);
            }
        }
    }

    private static void send(Socket to, int first, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else {
            frame.write(126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.writeBytes(payload);
        try {
            write(to, frame.toByteArray());
        } catch (IOException e) {
            // It went away, as clients do.
        }
    }

    private static void answer(Socket to, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(("HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: "
                        + bytes.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        answer.writeBytes(bytes);
        write(to, answer.toByteArray());
    }

    private static void write(Socket to, byte[] bytes) throws IOException {
        synchronized (to) {
            to.getOutputStream().write(bytes);
            to.getOutputStream().flush();
        }
    }

    private static List<String> head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int read = in.read();
            if (read < 0) {
                throw new EOFException();
            }
            head.write(read);
        }
        return head.toString(StandardCharsets.US_ASCII)
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
