package dev.chatelaine.vault.session;

import dev.chatelaine.vault.bundle.KeyName;
import java.util.List;

/**
 * What the runtime of a session is to be told.
 *
 * @param sessionId the session
 * @param revision the revision that it has now; where it was stopped, the last that it had before
 * @param changedKeys the keys that got another value, came or went since the revision that it was last told of, in
 *     alphabetical order
 * @param stopped whether its token lets nobody in any more, because the session was stopped, be it resumed since or not;
 *     there are no keys then
 */
public record SessionNews(String sessionId, long revision, List<KeyName> changedKeys, boolean stopped) {
    public SessionNews {
        changedKeys = List.copyOf(changedKeys);
    }
}
