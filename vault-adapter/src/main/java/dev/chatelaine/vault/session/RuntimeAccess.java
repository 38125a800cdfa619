package dev.chatelaine.vault.session;

import dev.chatelaine.vault.access.TenantId;
import java.time.Instant;

/**
 * What a runtime token lets its holder into.
 *
 * @param tenant whose session it is
 * @param sessionId the session
 * @param firstRevision the session's revision when it was started or last resumed: what a runtime knew before is of no
 *     use, and it is not {@linkplain FollowedSessions followed} from an earlier one
 * @param expiresAt until when
 */
public record RuntimeAccess(TenantId tenant, String sessionId, long firstRevision, Instant expiresAt) {}
