package dev.chatelaine.vault.session;

import java.util.Map;

/**
 * The sessions whose runtimes a process speaks to. Both methods are called from one thread, never at once.
 *
 * <p>A session is put among them, with the revision that its runtime says it knows and at least {@link
 * RuntimeAccess#firstRevision}, <em>before</em> what the runtime missed is read with {@link
 * SessionRuntimes#missedSince}: then nothing is lost between the two, though something may be told twice.
 */
public interface FollowedSessions {
    /** The ids of the sessions and the revision that each was last told of, as they are at this moment. */
    Map<String, Long> openSessions();

    /** Tells one. Must not block: all others wait for it. */
    void tell(SessionNews news);
}
