package dev.chatelaine.vault.store;

/**
 * What a table holds, in short.
 *
 * @param rows how many rows
 * @param sha256 a hash of all their values in the order of the table's key, in hexadecimal; the same in every database
 */
public record TableContent(long rows, String sha256) {
    /** Of a table without rows. */
    static final TableContent NONE = new RowDigest().content();
}
