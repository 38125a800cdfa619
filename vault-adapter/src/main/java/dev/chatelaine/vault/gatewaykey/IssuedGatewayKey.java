package dev.chatelaine.vault.gatewaykey;

/**
 * A gateway key that was just made or rotated.
 *
 * @param key its metadata
 * @param secret the key itself, which is told this once: {@code ck_…}
 */
public record IssuedGatewayKey(GatewayKey key, String secret) {
    @Override
    public String toString() {
        return "IssuedGatewayKey[" + key + ", secret redacted]";
    }
}
