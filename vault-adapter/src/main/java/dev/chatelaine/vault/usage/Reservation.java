package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.access.TenantId;
import java.time.Instant;

/**
 * What a request under way holds of its meters.
 *
 * @param id the request's id, {@code req_…}, by which it is settled and by which its record is found
 * @param tenant whose request it is
 * @param expiresAt from when on it is settled with its worst case by whoever comes by
 */
public record Reservation(String id, TenantId tenant, Instant expiresAt) {}
