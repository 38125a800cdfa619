package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a page ended: the name and id of its last secret, opaque to callers. */
record SecretCursor(String name, String id) {
    static @Nullable SecretCursor parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\n", -1);
            if (parts.length == 2) {
                return new SecretCursor(parts[0], parts[1]);
            }
        } catch (IllegalArgumentException e) {
            throw unknown().causedBy(e);
        }
        throw unknown();
    }

    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((name + "\n" + id).getBytes(StandardCharsets.UTF_8));
    }

    private static VaultException unknown() {
        return new VaultException(
                        ErrorCode.INVALID_FIELD,
                        "The cursor is not one that a list gave. Use next_cursor as it was, or leave it out.")
                .withField("cursor");
    }
}
