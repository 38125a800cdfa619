package dev.chatelaine.vault.announcement;

import dev.chatelaine.vault.access.TenantId;

/**
 * Something changed.
 *
 * @param revision its number: one more than that of the change before
 * @param tenant whose it is
 * @param sourceId the id of what changed
 */
public record Announcement(long revision, TenantId tenant, String sourceId) {}
