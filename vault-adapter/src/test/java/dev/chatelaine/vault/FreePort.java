package dev.chatelaine.vault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port for what has to know its own before it listens, or listens again at the same one later. */
public final class FreePort {
    // Systems hand out higher ones to whoever wants any, and would hand out this one too while nobody listens there.
    private static final int FIRST = 12_000;
    private static final int END = 30_000;

    private FreePort() {}

    /** One at which nobody listens. */
    public static int next() {
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
                return port;
            }
        }
        throw new AssertionError("every port is taken");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
