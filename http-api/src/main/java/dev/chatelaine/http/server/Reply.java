package dev.chatelaine.http.server;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A successful answer.
 *
 * @param status the HTTP status
 * @param document maps, lists, texts, numbers and booleans, to be written as JSON
 * @param revision goes into the {@code ETag}, where there is one
 */
public record Reply(
        int status, Map<String, ?> document, @Nullable Long revision) {
    /** 200. */
    public static Reply ok(Map<String, ?> document) {
        return new Reply(200, document, null);
    }

    /** 200 with an {@code ETag}. */
    public static Reply ok(Map<String, ?> document, long revision) {
        return new Reply(200, document, revision);
    }

    /** 201 with an {@code ETag}. */
    public static Reply created(Map<String, ?> document, long revision) {
        return new Reply(201, document, revision);
    }
}
