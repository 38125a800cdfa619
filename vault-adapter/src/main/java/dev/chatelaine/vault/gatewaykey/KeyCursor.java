package dev.chatelaine.vault.gatewaykey;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a page ended: the name of its last key, opaque to callers. */
record KeyCursor(String name) {
    /** Before all names. */
    static final KeyCursor START = new KeyCursor("");

    static KeyCursor parse(@Nullable String text) {
        if (text == null) {
            return START;
        }
        try {
            String name = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            return new KeyCursor(new GatewayKeyName(name).value());
        } catch (IllegalArgumentException | VaultException e) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD,
                            "The cursor is not one that a list gave. Use next_cursor as it was, or leave it out.")
                    .withField("cursor")
                    .causedBy(e);
        }
    }

    static String after(GatewayKeyName last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(last.value().getBytes(StandardCharsets.UTF_8));
    }
}
