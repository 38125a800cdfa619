package dev.chatelaine.http.server;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
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

    /**
     * What a request says of its caller.
     *
     * @param authorization the {@code Authorization} header
     * @param tenant the {@code X-Tenant-Id} header
     * @param channel the way in
     */
    record Credentials(
            @Nullable String authorization, @Nullable String tenant, Channel channel) {
        /** Says nothing: what came is as good as a password. */
        @Override
        public String toString() {
            return "Credentials[redacted]";
        }
    }
}
