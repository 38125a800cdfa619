package dev.chatelaine.vault.crypto;

/**
 * A sealed value and where it is: all it takes to open it there, or to seal it for another place, for whoever has the
 * tenant's keyring.
 *
 * @param place where it is
 * @param sealed the value
 */
public record PlacedValue(Place place, SealedValue sealed) {}
