package dev.chatelaine.vault.provider;

import java.time.LocalDate;

/**
 * Where a price comes from.
 *
 * @param source who says so, for people: usually an address
 * @param asOf the day on which it said so
 */
public record PriceSource(String source, LocalDate asOf) {
    public PriceSource {
        if (source.isBlank()) {
            throw new IllegalArgumentException("A source is named");
        }
    }
}
