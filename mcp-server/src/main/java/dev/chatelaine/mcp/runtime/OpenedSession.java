package dev.chatelaine.mcp.runtime;

import java.time.Instant;

/**
 * A session that this process opened, with the token that reads its values.
 *
 * @param id its id
 * @param token the runtime token, for requests only
 * @param expiresAt until when the token counts
 * @param env the path of the values
 * @param events the path of the events
 */
public record OpenedSession(String id, String token, Instant expiresAt, String env, String events) {
    @Override
    public String toString() {
        return "OpenedSession[" + id + "]";
    }
}
