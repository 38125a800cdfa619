package dev.chatelaine.http.server;

import dev.chatelaine.vault.access.Actor;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** What the chain has learnt of a request so far. It goes with the request, from one thread at a time. */
final class Exchange {
    private static final String ATTRIBUTE = "dev.chatelaine.exchange";
    private static final byte[] NOTHING = {};
    private static final byte[] FORGOTTEN = {};

    private final String requestId;
    private final Routes.@Nullable Match match;
    private volatile @Nullable Actor actor;
    private volatile @Nullable String bearer;
    private volatile boolean forgeable = true;
    private volatile byte[] body = NOTHING;
    private final AtomicReference<@Nullable Runnable> room = new AtomicReference<>();
    private volatile @Nullable CutOff cutOff;

    private Exchange(String requestId, Routes.@Nullable Match match) {
        this.requestId = requestId;
        this.match = match;
    }

    static Exchange begin(Request request, String requestId, Routes.@Nullable Match match) {
        Exchange exchange = new Exchange(requestId, match);
        request.setAttribute(ATTRIBUTE, exchange);
        return exchange;
    }

    /** The exchange of a request; null of one that never came as far as the chain. */
    static @Nullable Exchange find(Request request) {
        return (Exchange) request.getAttribute(ATTRIBUTE);
    }

    static Exchange of(Request request) {
        return Objects.requireNonNull(find(request), "the chain began an exchange");
    }

    String requestId() {
        return requestId;
    }

    Routes.@Nullable Match match() {
        return match;
    }

    /** The route for logs and metrics, which never show a path. */
    String template() {
        return match == null ? "unmatched" : match.resource().template();
    }

    /** Who may ask for what the request asks for; for what there is not, those who are known. */
    Route.Access access(String method) {
        return match == null ? Route.Access.CALLER : match.resource().access(method);
    }

    /** The longest body that what the request asks for takes, in bytes. */
    int longestBody(String method) {
        Route route = match == null ? null : match.resource().route(method);
        return route == null ? HttpLimits.LONGEST_BODY : route.longestBody();
    }

    /** How errors are written. */
    ErrorShape errors() {
        return match == null ? ErrorShape.PROBLEM : match.resource().errors();
    }

    boolean isMount() {
        return match != null && match.resource().isMount();
    }

    @Nullable
    Actor actor() {
        return actor;
    }

    /** Whether a page elsewhere may have caused the request. */
    boolean isForgeable() {
        return forgeable;
    }

    void judged(boolean mayBeForged) {
        this.forgeable = mayBeForged;
    }

    /** The bearer token of a route with tokens of its own, where one was shown. */
    @Nullable
    String bearer() {
        return bearer;
    }

    void showed(@Nullable String token) {
        this.bearer = token;
    }

    void identified(Actor caller) {
        this.actor = caller;
    }

    byte[] body() {
        return body;
    }

    /** Whether the body has come in whole; not so where there is none. */
    boolean isReceived() {
        return body != NOTHING;
    }

    void received(byte[] bytes) {
        this.body = bytes;
    }

    /** What to do when the body is not needed any more. */
    void takesRoom(Runnable release) {
        room.set(release);
    }

    /** Lets go of the body, which nobody needs any more. */
    void forgetBody() {
        if (isReceived()) {
            body = FORGOTTEN;
        }
        Runnable release = room.getAndSet(null);
        if (release != null) {
            release.run();
        }
    }

    /** Why the answer did not come to its end, where that is known. */
    @Nullable
    CutOff cutOff() {
        return cutOff;
    }

    void cutOff(CutOff reason) {
        this.cutOff = reason;
    }
}
