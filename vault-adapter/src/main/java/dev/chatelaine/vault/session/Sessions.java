package dev.chatelaine.vault.session;

import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;

/**
 * A tenant's sessions, for those who start and stop them. Every method asks for {@code sessions:run}, works in the
 * actor's tenant alone and writes its event in the same transaction. Safe for several threads and processes.
 *
 * <p>Any of them may fail with {@code permission_denied}, {@code vault_unavailable} and {@code integrity_failed}.
 */
public final class Sessions {
    private final AccessPolicy access;

    /** The sessions of a vault. */
    public Sessions(AccessPolicy access) {
        this.access = access;
    }

    /**
     * Starts a session with a snapshot of the values that it names, and makes the token of its runtime.
     *
     * @throws VaultException {@code bundle_not_found}, {@code secret_not_found}, {@code key_collision}, {@code
     *     llm_key_missing}, {@code provider_unknown}, {@code base_url_required}, {@code base_url_refused}
     */
    public StartedSession start(Actor actor, NewSession asked) {
        access.require(actor, Permission.SESSIONS_RUN, "session.create", asked.agent());
        throw new UnsupportedOperationException();
    }

    /**
     * A page of the sessions, the newest first.
     *
     * @throws VaultException {@code invalid_field} for a cursor that no list gave
     */
    public SessionPage list(Actor actor, SessionQuery query) {
        access.require(actor, Permission.SESSIONS_RUN, "session.list", "sessions");
        throw new UnsupportedOperationException();
    }

    /**
     * One session.
     *
     * @throws VaultException {@code session_not_found}
     */
    public Session get(Actor actor, String id) {
        access.require(actor, Permission.SESSIONS_RUN, "session.get", id);
        throw new UnsupportedOperationException();
    }

    /**
     * Stops a session: its values and its token are destroyed. One that is stopped stays so.
     *
     * @throws VaultException {@code session_not_found}
     */
    public Session stop(Actor actor, String id) {
        access.require(actor, Permission.SESSIONS_RUN, "session.stop", id);
        throw new UnsupportedOperationException();
    }

    /**
     * Gives a stopped session a new snapshot of its bundles, found by their names, and its secrets, found by their ids,
     * and a new token. When it fails, nothing has changed.
     *
     * @throws VaultException {@code session_not_found}; {@code conflict} for one that runs; {@code
     *     secret_bundle_not_found_at_resume}, {@code secret_not_found_at_resume}; {@code key_collision}, {@code
     *     llm_key_missing} and of its model what {@link #start} says
     */
    public StartedSession resume(Actor actor, String id) {
        access.require(actor, Permission.SESSIONS_RUN, "session.resume", id);
        throw new UnsupportedOperationException();
    }
}
