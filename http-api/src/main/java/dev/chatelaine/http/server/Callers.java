package dev.chatelaine.http.server;

import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.Problem;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A port: the one place where a request becomes an actor. Asked by several threads; may block. */
@FunctionalInterface
public interface Callers {
    /**
     * Tells who is calling.
     *
     * @throws CallerRefusedException when nobody who may call is
     */
    Actor identify(Credentials credentials);

    /**
     * The {@code WWW-Authenticate} challenge that goes with a missing permission (RFC 6750, section 3.1).
     *
     * @param permission the one that is missing: {@code secrets:write}
     */
    default Optional<String> insufficientScope(String permission) {
        return Optional.empty();
    }

    /** Callers of a server that knows nobody: what is not open to everybody is not there. */
    static Callers nobody() {
        return credentials -> {
            throw new CallerRefusedException(Problem.of(HttpProblem.NOT_FOUND), null);
        };
    }

    /**
     * What a request says of its caller.
     *
     * @param authorization the {@code Authorization} header
     * @param tenant the {@code X-Tenant-Id} header
     * @param channel the way in
     * @param cookies the cookies by their names
     * @param forgeable whether a page elsewhere may have caused the request: it asks for more than to read, and does not
     *     say that it comes from a page of this server
     */
    record Credentials(
            @Nullable String authorization,
            @Nullable String tenant,
            Channel channel,
            Map<String, String> cookies,
            boolean forgeable) {
        public Credentials {
            cookies = Map.copyOf(cookies);
        }

        /** Credentials without cookies. */
        public Credentials(@Nullable String authorization, @Nullable String tenant, Channel channel) {
            this(authorization, tenant, channel, Map.of(), true);
        }

        /** Says nothing: what came is as good as a password. */
        @Override
        public String toString() {
            return "Credentials[redacted]";
        }
    }
}
