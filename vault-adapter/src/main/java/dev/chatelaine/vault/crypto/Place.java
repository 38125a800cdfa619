package dev.chatelaine.vault.crypto;

import dev.chatelaine.vault.access.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where a sealed value belongs. A value sealed for one place opens in no other.
 *
 * @param tenant whose it is
 * @param kind what it is
 * @param recordId the id of its record, never used again for another
 * @param version the version of the record it is; at least 1
 */
public record Place(TenantId tenant, Kind kind, String recordId, long version) {
    private static final String FORMAT = "chatelaine/1";

    public Place {
        if (recordId.isEmpty() || version < 1) {
            throw new IllegalArgumentException("a place has a record id and a version of at least 1");
        }
    }

    /** The same record's place for another version. */
    public Place at(long otherVersion) {
        return new Place(tenant, kind, recordId, otherVersion);
    }

    /**
     * The associated data for AEAD (RFC 5116): each field preceded by its length as 32 bits, so that no two places
     * have the same bytes.
     */
    byte[] associatedData(String vaultId) {
        return lengthPrefixed(List.of(FORMAT, vaultId, tenant.value(), kind.label(), recordId, Long.toString(version)));
    }

    static byte[] lengthPrefixed(List<String> fields) {
        List<byte[]> encoded = fields.stream()
                .map(field -> field.getBytes(StandardCharsets.UTF_8))
                .toList();
        ByteBuffer buffer = ByteBuffer.allocate(
                encoded.stream().mapToInt(field -> Integer.BYTES + field.length).sum());
        encoded.forEach(field -> buffer.putInt(field.length).put(field));
        return buffer.array();
    }
}
