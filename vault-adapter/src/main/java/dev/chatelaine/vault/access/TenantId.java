package dev.chatelaine.vault.access;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.util.regex.Pattern;

/**
 * The organisation that owns what is in the vault: 1 to 128 ASCII letters, digits, {@code _}, {@code .} and {@code -},
 * beginning with a letter or a digit.
 *
 * @param value the id as it stands in tokens and on disk
 */
public record TenantId(String value) {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

    /** Whose keys seal what belongs to the platform: the pool's provider keys. No organisation, and nobody's to act in. */
    public static final TenantId POOL = new TenantId("chatelaine.pool");

    public TenantId {
        if (!SHAPE.matcher(value).matches()) {
            throw new VaultException(
                            ErrorCode.INVALID_NAME,
                            "A tenant's name is 1 to 128 letters, digits, _, . and -, and begins with a letter or a"
                                    + " digit.")
                    .withField("tenant");
        }
    }

    /** Whether this is the platform's own and no organisation's. */
    public boolean isReserved() {
        return equals(POOL);
    }

    @Override
    public String toString() {
        return value;
    }
}
