package dev.chatelaine.mcp.cli.session;

import dev.chatelaine.mcp.config.Setting;
import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.mcp.serve.ServeSettings;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the server is that a session is opened on. */
final class ServerAddress {
    private static final String USUAL = "http://127.0.0.1:8470";
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    private ServerAddress() {}

    /**
     * The address that was given, or set, or the usual one.
     *
     * @throws VaultException {@code invalid_field} for what is none, or where values would travel in the clear
     */
    static URI of(@Nullable String given, Settings settings) {
        URI address = given == null
                ? ServeSettings.origin(
                        Setting.SERVER.variable(),
                        settings.given(Setting.SERVER).orElse(USUAL).strip())
                : ServeSettings.origin("--server", given.strip());
        if (!"https".equals(address.getScheme())
                && !HERE.contains(String.valueOf(address.getHost()).toLowerCase(Locale.ROOT))) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD,
                            "Beyond this machine, tokens and values would travel in the clear. Nothing was started. Give"
                                    + " an https address.")
                    .withField("server");
        }
        return address;
    }
}
