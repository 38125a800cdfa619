package dev.chatelaine.vault.entry;

import dev.chatelaine.vault.access.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as the person it is for may see it. It names the ticket by its id, which opens nothing.
 *
 * @param id {@code etk_…}
 * @param tenant whose vault the value goes to
 * @param subject who may enter it
 * @param client the program that asked, where it is known
 * @param purpose what becomes of the value
 * @param name of the secret or the LLM configuration
 * @param expiresAt until when it can be used
 */
public record EntryTicket(
        String id,
        TenantId tenant,
        String subject,
        @Nullable String client,
        Purpose purpose,
        String name,
        Instant expiresAt) {}
