package dev.chatelaine.vault.crypto;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The root key from {@code CHATELAINE_ROOT_KEY}: base64 of 32 bytes, several of these separated by commas (the first
 * seals, the others only open), or a Tink keyset as JSON or as base64 of its binary form. The operator keeps it and
 * changes it.
 */
public final class EnvironmentRootKey implements RootKeySource {
    /** The variable's name. */
    public static final String VARIABLE = "CHATELAINE_ROOT_KEY";

    private static final int KEY_BYTES = 32;

    private final RootKeys keys;

    /**
     * Reads the variable's content, once.
     *
     * @throws VaultException {@code vault_unavailable} when it is none of the forms; the message never quotes it
     */
    public EnvironmentRootKey(String content) {
        this.keys = parse(content.strip());
    }

    @Override
    public Optional<RootKeys> find() {
        return Optional.of(keys);
    }

    @Override
    public RootKeys create() {
        return keys;
    }

    @Override
    public RootKeys addPrimary() {
        throw new VaultException(
                ErrorCode.VAULT_UNAVAILABLE,
                "The root key comes from CHATELAINE_ROOT_KEY, which only you can change. Put a new key in front of the"
                        + " present one, separated by a comma, restart every process, and run `chatelaine rotate root`"
                        + " again.");
    }

    @Override
    public String location() {
        return VARIABLE;
    }

    private static RootKeys parse(String content) {
        try {
            if (content.startsWith("{")) {
                return RootKeys.parseJson(content);
            }
            List<byte[]> decoded = Arrays.stream(content.split(",", -1))
                    .map(EnvironmentRootKey::base64)
                    .toList();
            if (decoded.stream().allMatch(key -> key.length == KEY_BYTES)) {
                return RootKeys.ofRaw(decoded);
            }
            return keyset(decoded);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static RootKeys keyset(List<byte[]> decoded) throws GeneralSecurityException {
        if (decoded.size() != 1) {
            throw malformed();
        }
        byte[] bytes = decoded.get(0);
        return bytes.length > 0 && bytes[0] == '{'
                ? RootKeys.parseJson(new String(bytes, StandardCharsets.UTF_8))
                : RootKeys.parseBinary(bytes);
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text.strip());
    }

    private static VaultException malformed() {
        return new VaultException(
                        ErrorCode.VAULT_UNAVAILABLE,
                        "CHATELAINE_ROOT_KEY is neither base64 of 32 bytes nor a Tink keyset. Nothing was opened.")
                .withNext("A new key is made by `openssl rand -base64 32`; an existing vault needs its own key.");
    }
}
