package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a page ended: the name and id of its last secret, opaque to callers. */
record SecretCursor(SecretName name, SecretName id) {
    static @Nullable SecretCursor parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\n", -1);
            if (parts.length == 2) {
                return new SecretCursor(new SecretName(parts[0]), new SecretName(parts[1]));
            }
        } catch (IllegalArgumentException | VaultException e) {
            throw unknown().causedBy(e);
        }
        throw unknown();
    }

    static SecretCursor after(SecretMetadata last) {
        return new SecretCursor(last.name(), new SecretName(last.id()));
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
