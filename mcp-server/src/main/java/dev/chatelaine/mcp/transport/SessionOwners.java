package dev.chatelaine.mcp.transport;

import dev.chatelaine.vault.access.Actor;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who opened which session. A session that is no longer kept by its transport is forgotten. Safe for several threads; a
 * session belongs to the caller whose request is being served by the thread that makes it.
 */
final class SessionOwners {
    private final Map<String, Owned> sessions = new ConcurrentHashMap<>();

    @SuppressWarnings("ThreadLocalUsage") // one for each server, and there is one server
    private final ThreadLocal<@Nullable Actor> serving = new ThreadLocal<>();

    /** What makes a caller the same: whatever roles and through whatever client. */
    private record Owned(WeakReference<Object> session, String subject, String tenant, Handshake handshake) {
        boolean isOf(Actor actor) {
            return subject.equals(actor.subject())
                    && tenant.equals(actor.tenant().value());
        }
    }

    /** The request of this caller is served by this thread from now on. */
    void begin(Actor actor) {
        serving.set(actor);
    }

    /** It no longer is. */
    void end() {
        serving.remove();
    }

    /** Keeps in mind that the caller who is being served opened this session, by asking for its handshake. */
    void opened(String id, Object session) {
        Actor actor = serving.get();
        if (actor == null) {
            throw new IllegalStateException("a session is opened by a caller");
        }
        opened(id, session, actor);
    }

    /** Keeps in mind that a caller opened this session. */
    void opened(String id, Object session, Actor actor) {
        sessions.values().removeIf(owned -> owned.session().refersTo(null));
        sessions.put(
                id,
                new Owned(
                        new WeakReference<>(session),
                        actor.subject(),
                        actor.tenant().value(),
                        new Handshake()));
    }

    /** How far a session is; null of one that is not there. */
    @Nullable
    Handshake handshake(String id) {
        Owned owned = sessions.get(id);
        return owned == null ? null : owned.handshake();
    }

    /** Whether a session is that caller's. One that is not there is nobody's. */
    boolean isOwner(String id, Actor actor) {
        Owned owned = sessions.get(id);
        return owned != null && owned.isOf(actor);
    }
}
