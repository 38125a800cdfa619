package dev.chatelaine.http.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An answer: a document, or a page or something else that browsers show; or one that comes later, or in pieces.
 *
 * @param status the HTTP status
 * @param content the body
 * @param revision goes into the {@code ETag}, where there is one
 * @param headers the answer's own, besides those that every answer has; one of the same name takes the other's place,
 *     but for {@code Set-Cookie}
 */
public record Reply(int status, Content content, @Nullable Long revision, List<Header> headers) {
    /** What pages may do: use what this server serves, and nothing else. */
    public static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Reply {
        headers = List.copyOf(headers);
    }

    /** A body. */
    public sealed interface Content {}

    /** Maps, lists, texts, numbers and booleans, to be written as JSON. */
    public record Document(Map<String, ?> members) implements Content {}

    /** Bytes of a media type. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Bytes(String type, byte[] bytes) implements Content {}

    /** No body, but a WebSocket from here on. */
    public record Socket(SocketSource source) implements Content {}

    /** No answer yet: it comes. */
    public record Later(Mono<Reply> reply) implements Content {}

    /** Server-sent events, as they come. */
    public record Events(Flux<byte[]> pieces) implements Content {}

    /** A header field. */
    public record Header(String name, String value) {
        public Header {
            if (value.codePoints().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("a header is one line");
            }
        }
    }

    /** 200. */
    public static Reply ok(Map<String, ?> document) {
        return new Reply(200, new Document(document), null, List.of());
    }

    /** 200 with an {@code ETag}. */
    public static Reply ok(Map<String, ?> document, long revision) {
        return new Reply(200, new Document(document), revision, List.of());
    }

    /** 201. */
    public static Reply created(Map<String, ?> document) {
        return new Reply(201, new Document(document), null, List.of());
    }

    /** 201 with an {@code ETag}. */
    public static Reply created(Map<String, ?> document, long revision) {
        return new Reply(201, new Document(document), revision, List.of());
    }

    /**
     * An HTML page with this status, under the policy of pages. Its forms name their origin, which a browser leaves out
     * where no referrer is sent at all (Fetch Standard, section 3.1); to other sites none is sent.
     */
    public static Reply page(int status, byte[] html) {
        return bytes("text/html; charset=utf-8", html)
                .withStatus(status)
                .with("Content-Security-Policy", PAGE_POLICY)
                .with("Referrer-Policy", "same-origin")
                .with("Cross-Origin-Opener-Policy", "same-origin");
    }

    /** 200 with these bytes: a style sheet, a script, an image. */
    public static Reply bytes(String type, byte[] bytes) {
        return new Reply(200, new Bytes(type, bytes), null, List.of());
    }

    /** 303: the browser is to GET that path of this server. */
    public static Reply seeOther(String path) {
        return page(303, new byte[0]).with("Location", path);
    }

    /** 101: what was a request becomes a WebSocket; where it does not ask for one, the source is told that it is closed. */
    public static Reply socket(SocketSource source) {
        return new Reply(101, new Socket(source), null, List.of());
    }

    /**
     * An answer that comes later, and keeps no thread until then. It is subscribed to once, and whatever it brings is
     * answered in its place, but for a socket; an error is treated as one that the action throws is. It may take as long
     * as it likes. When the caller hangs up before it is there, or the server stops and cannot wait any longer, it is
     * cancelled. A client that closes but its sending side (RFC 9112, section 9.6) counts as having hung up: it cannot be
     * told from one that is gone.
     */
    public static Reply later(Mono<Reply> reply) {
        return new Reply(200, new Later(reply), null, List.of());
    }

    /**
     * 200 with server-sent events (WHATWG HTML, section 9.2), already written out. The header goes out at once, each piece
     * as it comes, and the next is asked for when it has left, so that a client who reads slowly holds one piece. A client
     * who does not read for as long as a connection may be idle is cut off; the events themselves may take as long as they
     * like to come. Whoever hangs up, also with the sending side alone, has them cancelled.
     *
     * <p>The flux is subscribed to once, also where nobody is there to be sent to: then it is cancelled before anything
     * was asked of it. Its completion is the answer's. Its error breaks the connection off, so that what came is not taken
     * for all; one that comes before there was anything to send is treated as one that the action throws.
     */
    public static Reply events(Flux<byte[]> pieces) {
        return new Reply(200, new Events(pieces), null, List.of()).with("X-Accel-Buffering", "no");
    }

    /** The same with a header of its own. */
    public Reply with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Reply(status, content, revision, more);
    }

    /** The same under another status. */
    public Reply withStatus(int other) {
        return new Reply(other, content, revision, headers);
    }
}
