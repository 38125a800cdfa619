package dev.chatelaine.vault.usage;

import org.jspecify.annotations.Nullable;

/**
 * How long requests took, in milliseconds: of a hundred requests so many took no longer (nearest rank). Null where there
 * is none whose time is known.
 *
 * @param p50 half of them
 * @param p95 all but five
 * @param p99 all but one
 */
public record Percentiles(
        @Nullable Long p50, @Nullable Long p95, @Nullable Long p99) {}
