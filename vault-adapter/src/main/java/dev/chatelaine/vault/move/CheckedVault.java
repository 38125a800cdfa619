package dev.chatelaine.vault.move;

import java.util.List;

/**
 * What a check of a vault found.
 *
 * @param tenants how many tenants there are
 * @param events how many audit events were read
 * @param values how many sealed values were opened, in their places and for nobody
 * @param faults what is not in order, by the names of tenants and records; empty when all is well
 */
public record CheckedVault(long tenants, long events, long values, List<String> faults) {
    public CheckedVault {
        faults = List.copyOf(faults);
    }
}
