package dev.chatelaine.http.server;

import java.util.Locale;
import org.eclipse.jetty.server.Request;

/** Why an answer did not come to its end. */
enum CutOff {
    /** The caller hung up, or does not read. */
    CALLER(499),
    /** What the answer is made of failed, or the server stops. */
    SERVER(503);

    private final int status;

    CutOff(int status) {
        this.status = status;
    }

    /** Why the connection of a request may have been closed. */
    static CutOff of(Request request) {
        return request.getConnectionMetaData().getConnector().isShutdown() ? SERVER : CALLER;
    }

    /** What stands for it in log and metrics where no status was sent; 499 is nginx's, which no standard has. */
    int status() {
        return status;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
