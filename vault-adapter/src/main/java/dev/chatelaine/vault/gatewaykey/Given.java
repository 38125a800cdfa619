package dev.chatelaine.vault.gatewaykey;

import org.jspecify.annotations.Nullable;

/**
 * What a change gives a property; where there is no {@code Given} at all the property stays as it is.
 *
 * @param value the property's new value, or null to take it away
 */
public record Given<T>(@Nullable T value) {}
