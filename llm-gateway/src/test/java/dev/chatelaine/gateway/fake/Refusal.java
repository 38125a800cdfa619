package dev.chatelaine.gateway.fake;

import org.jspecify.annotations.Nullable;

/** Why a fake does not answer. Each says it in its own shape. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String why;
    private final @Nullable String field;

    private Refusal(int status, String why, @Nullable String field) {
        super(why, null, false, false);
        this.status = status;
        this.why = why;
        this.field = field;
    }

    /** The request is at fault. */
    static Refusal bad(String field, String why) {
        return new Refusal(400, why, field);
    }

    static Refusal bad(int status, String field, String why) {
        return new Refusal(status, why, field);
    }

    static Refusal wrongKey(int status, String why) {
        return new Refusal(status, why, null);
    }

    static Refusal notFound(String why) {
        return new Refusal(404, why, null);
    }

    int status() {
        return status;
    }

    String why() {
        return why;
    }

    @Nullable
    String field() {
        return field;
    }
}
