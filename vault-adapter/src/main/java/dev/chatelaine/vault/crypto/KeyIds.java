package dev.chatelaine.vault.crypto;

import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** How key ids are written in messages: eight hexadecimal digits. */
public final class KeyIds {
    private KeyIds() {}

    /** One id: {@code 3fa4c0d2}. */
    public static String text(long id) {
        return HexFormat.of().toHexDigits((int) id);
    }

    /** Several ids, separated by commas; "none" where there are none. */
    public static String text(Collection<Long> ids) {
        return ids.isEmpty() ? "none" : ids.stream().map(KeyIds::text).collect(Collectors.joining(", "));
    }
}
