package dev.chatelaine.gateway.fake;

import java.io.IOException;

/** What a fake does to one request in place of answering as its provider would. */
@FunctionalInterface
public interface Script {
    /**
     * Does it. May write nothing at all; the connection is used again only where a whole answer was written.
     *
     * @throws IOException when the client has gone, which is part of the game
     * @throws InterruptedException never on its own: the fake's threads are not interrupted
     */
    void play(FakeExchange exchange) throws IOException, InterruptedException;

    /** Answers with this status and JSON text. */
    static Script answer(int status, String json) {
        return exchange -> exchange.answer(status, json);
    }

    /** Answers with this status, headers ({@code Name: value}, one a line) and JSON text. */
    static Script answer(int status, String headers, String json) {
        return exchange -> exchange.answer(status, headers, json);
    }

    /** Reads the request and never answers, until the client is gone or the fake is closed. */
    static Script silence() {
        return FakeExchange::awaitGone;
    }

    /** Sends the head of a stream and these bytes, then nothing until the client is gone or the fake is closed. */
    static Script stall(String events) {
        return exchange -> {
            exchange.streamHead();
            exchange.write(events);
            exchange.awaitGone();
        };
    }

    /** Sends the head of a stream and these bytes, and closes the connection as if all were said. */
    static Script cut(String events) {
        return exchange -> {
            exchange.streamHead();
            exchange.write(events);
            exchange.close();
        };
    }

    /** Sends the head of a stream and these bytes, and resets the connection. */
    static Script reset(String events) {
        return exchange -> {
            if (!events.isEmpty()) {
                exchange.streamHead();
                exchange.write(events);
            }
            exchange.reset();
        };
    }
}
