package dev.chatelaine.vault.session;

import dev.chatelaine.vault.access.TenantId;
import java.time.Instant;

/**
 * What a runtime token lets its holder into.
 *
 * @param tenant whose session it is
 * @param sessionId the session
 * @param expiresAt until when
 */
public record RuntimeAccess(TenantId tenant, String sessionId, Instant expiresAt) {}
