package dev.chatelaine.vault.session;

import java.util.Map;

/**
 * The sessions whose runtimes a process speaks to. A session is put among them <em>before</em> what its runtime missed
 * is read with {@link SessionRuntimes#missedSince}: then nothing is lost between the two, though something may be told
 * twice. Called from one thread, never from two at once.
 */
public interface FollowedSessions {
    /** The ids of the sessions and the revision that each was last told of, as they are at this moment. */
    Map<String, Long> openSessions();

    /** Tells one. Must not block: all others wait for it. */
    void tell(SessionNews news);
}
