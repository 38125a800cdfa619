package dev.chatelaine.http.server;

import dev.chatelaine.http.json.Json;
import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.Problem;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes what is answered. */
final class Answers {
    private static final long RETRY_AFTER_SECONDS = 5;
    private static final long ISSUER_RETRY_AFTER_SECONDS = 30;

    private final Json json;

    Answers(Json json) {
        this.json = json;
    }

    /** Writes a document or bytes. */
    void reply(Response response, Callback callback, Reply reply) {
        headers(response, reply);
        if (reply.content() instanceof Reply.Bytes bytes) {
            write(response, callback, reply.status(), bytes.type(), bytes.bytes());
        } else if (reply.content() instanceof Reply.Document document) {
            write(response, callback, reply.status(), "application/json", json.write(document.members()));
        } else {
            throw new IllegalArgumentException("no answer yet");
        }
    }

    /** The reply's own headers. */
    static void headers(Response response, Reply reply) {
        if (reply.revision() != null) {
            response.getHeaders().put(HttpHeader.ETAG, "\"" + reply.revision() + "\"");
        }
        reply.headers().forEach(header -> put(response, header));
    }

    private static void put(Response response, Reply.Header header) {
        if (HttpHeader.SET_COOKIE.is(header.name())) {
            response.getHeaders().add(header.name(), header.value());
        } else {
            response.getHeaders().put(header.name(), header.value());
        }
    }

    void refusal(Request request, Response response, Callback callback, CallerRefusedException e) {
        if (e.challenge() != null) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, e.challenge());
        }
        if (e.problem().status() == HttpStatus.SERVICE_UNAVAILABLE_503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, ISSUER_RETRY_AFTER_SECONDS);
        }
        problem(request, response, callback, e.problem());
    }

    void problem(Request request, Response response, Callback callback, HttpProblem problem) {
        problem(request, response, callback, Problem.of(problem));
    }

    /**
     * A refusal that leaves the body unread ends the connection, and says so, lest the client use it again (RFC 9112,
     * section 9.6).
     */
    void problem(Request request, Response response, Callback callback, Problem problem) {
        if (hasBody(request) && !Exchange.of(request).isReceived()) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE_503
                && !response.getHeaders().contains(HttpHeader.RETRY_AFTER)) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        Exchange exchange = Exchange.of(request);
        problem(exchange.requestId(), exchange.errors(), response, callback, problem);
    }

    private static boolean hasBody(Request request) {
        return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    void problem(String requestId, ErrorShape shape, Response response, Callback callback, Problem problem) {
        write(response, callback, problem.status(), shape.type(), json.write(shape.members(problem, requestId)));
    }

    void write(Response response, Callback callback, int status, String type, byte[] body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
