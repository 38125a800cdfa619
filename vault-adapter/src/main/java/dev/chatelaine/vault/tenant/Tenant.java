package dev.chatelaine.vault.tenant;

import dev.chatelaine.vault.access.TenantId;
import java.time.Instant;

/**
 * An organisation.
 *
 * @param id its name
 * @param plan the name of its plan in the catalogue
 * @param createdAt since when, to the millisecond
 */
public record Tenant(TenantId id, String plan, Instant createdAt) {}
