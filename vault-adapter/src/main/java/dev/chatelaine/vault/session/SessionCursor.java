package dev.chatelaine.vault.session;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a page ended: when its last session was started, in milliseconds since 1970, and its id; opaque to callers. */
record SessionCursor(long createdAt, String id) {
    static @Nullable SessionCursor parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
            if (parts.length == 2 && parts[1].matches("[a-z0-9_]{1,64}")) {
                return new SessionCursor(Long.parseLong(parts[0]), parts[1]);
            }
        } catch (IllegalArgumentException e) {
            throw unknown().causedBy(e);
        }
        throw unknown();
    }

    static SessionCursor after(SessionRow last) {
        return new SessionCursor(last.createdAt().toEpochMilli(), last.id());
    }

    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((createdAt + " " + id).getBytes(StandardCharsets.UTF_8));
    }

    private static VaultException unknown() {
        return new VaultException(
                        ErrorCode.INVALID_FIELD,
                        "The cursor is not one that a list gave. Use next_cursor as it was, or leave it out.")
                .withField("cursor");
    }
}
