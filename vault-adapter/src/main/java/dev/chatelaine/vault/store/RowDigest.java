package dev.chatelaine.vault.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over rows in their order: each value a byte that says whether there is one, its length and itself. */
final class RowDigest {
    private final MessageDigest digest;
    private long rows;

    RowDigest() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void add(StoredRow row) {
        for (int i = 0; i < row.values().size(); i++) {
            Object value = row.values().get(i);
            if (value == null) {
                digest.update((byte) 0);
            } else {
                byte[] bytes = row.table().columns().get(i).type().bytes(value);
                digest.update(ByteBuffer.allocate(1 + Integer.BYTES)
                        .put((byte) 1)
                        .putInt(bytes.length)
                        .flip());
                digest.update(bytes);
            }
        }
        rows++;
    }

    /** What was added so far; more can be added. */
    TableContent content() {
        try {
            return new TableContent(rows, HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest()));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
