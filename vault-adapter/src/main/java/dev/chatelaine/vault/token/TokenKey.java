package dev.chatelaine.vault.token;

import java.security.interfaces.ECPublicKey;
import java.time.Instant;

/**
 * The public part of a signing key.
 *
 * @param id what tokens name it by ({@code kid})
 * @param publicKey a point on P-256
 * @param createdAt since when, to the millisecond
 * @param signs whether new tokens are signed with it; if not, it only proves older ones
 */
public record TokenKey(String id, ECPublicKey publicKey, Instant createdAt, boolean signs) {}
