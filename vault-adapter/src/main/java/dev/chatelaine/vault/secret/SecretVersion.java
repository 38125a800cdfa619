package dev.chatelaine.vault.secret;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that anybody is told of a version.
 *
 * @param number from 1, never used again
 * @param hint as the secret's
 * @param createdAt when it was stored
 * @param createdBy the subject who stored it
 * @param current whether it is the one in use
 */
public record SecretVersion(long number, @Nullable String hint, Instant createdAt, String createdBy, boolean current) {}
