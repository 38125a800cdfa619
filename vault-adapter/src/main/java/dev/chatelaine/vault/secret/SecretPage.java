package dev.chatelaine.vault.secret;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param secrets by name
 * @param nextCursor what asks for the next page, or null at the end
 */
public record SecretPage(
        List<SecretMetadata> secrets, @Nullable String nextCursor) {
    public SecretPage {
        secrets = List.copyOf(secrets);
    }
}
