package dev.chatelaine.http.server;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A request that is owed an answer.
 *
 * @param callback told once, when the answer is out or will never be
 */
record Pending(Request request, Response response, Callback callback) {
    Exchange exchange() {
        return Exchange.of(request);
    }

    /** Ends it without an answer, or in the middle of one, by closing the connection. */
    void breakOff(Throwable cause) {
        callback.failed(
                cause instanceof Request.Handler.AbortException ? cause : new Request.Handler.AbortException(cause));
    }
}
