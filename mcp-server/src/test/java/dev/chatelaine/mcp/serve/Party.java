package dev.chatelaine.mcp.serve;

import java.util.concurrent.atomic.AtomicInteger;

/** A tenant's one caller among many tenants', and the count of what it did. Safe for several threads. */
final class Party {
    private final String mark;
    private final String token;
    private final String session;
    private final String firstId;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger effects = new AtomicInteger();

    Party(String mark, String token, String session, String firstId) {
        this.mark = mark;
        this.token = token;
        this.session = session;
        this.firstId = firstId;
    }

    /** A secret's name and value as JSON; the value ends with the mark, which so becomes the hint. */
    static String secret(String name, String mark) {
        return "{\"name\":\"" + name + "\",\"value\":\"a-value-of-some-length-" + mark + "\"}";
    }

    /** The tenant's name, which is in everything that is its own. */
    String mark() {
        return mark;
    }

    String token() {
        return token;
    }

    String session() {
        return session;
    }

    /** The id of a secret that was there before. */
    String firstId() {
        return firstId;
    }

    int requests() {
        return requests.get();
    }

    int effects() {
        return effects.get();
    }

    void asked() {
        requests.incrementAndGet();
    }

    void effected() {
        effects.incrementAndGet();
    }
}
