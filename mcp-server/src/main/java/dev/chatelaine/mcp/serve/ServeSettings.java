package dev.chatelaine.mcp.serve;

import dev.chatelaine.http.auth.ClaimNames;
import dev.chatelaine.http.openid.OpenIdSettings;
import dev.chatelaine.mcp.config.Setting;
import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The settings that only {@code serve} and {@code token} have. A mistake in one is told when that one is asked for. */
public final class ServeSettings {
    private final Settings settings;

    /** The view of these settings. */
    public ServeSettings(Settings settings) {
        this.settings = settings;
    }

    /**
     * The address that clients know, without a slash at its end.
     *
     * @throws VaultException {@code invalid_field} when it is more than scheme, host and port
     */
    public Optional<URI> publicUrl() {
        return text(Setting.PUBLIC_URL).map(text -> origin(Setting.PUBLIC_URL, text));
    }

    /** The organisation's provider, if it is not the instance itself. */
    public Optional<String> issuer() {
        return text(Setting.ISSUER);
    }

    /** What tokens must be for, where that is not the public address. */
    public Optional<String> audience() {
        return text(Setting.AUDIENCE);
    }

    /** Where tokens say tenant and roles. */
    public ClaimNames claims() {
        return new ClaimNames(
                text(Setting.TENANT_CLAIM).orElse(ClaimNames.STANDARD.tenant()),
                text(Setting.ROLES_CLAIM).orElse(ClaimNames.STANDARD.roles()));
    }

    /**
     * This service as a client of the organisation's provider, where people sign in by it.
     *
     * @param callback where the provider sends them back
     */
    public Optional<OpenIdSettings> openId(Supplier<URI> callback) {
        Set<String> scopes = new LinkedHashSet<>(List.of("openid"));
        scopes.addAll(List.of(text(Setting.OIDC_SCOPES).orElse("profile").split("\\s+", -1)));
        return text(Setting.OIDC_CLIENT_ID)
                .map(client -> new OpenIdSettings(
                        client, text(Setting.OIDC_CLIENT_SECRET).orElse(null), List.copyOf(scopes), callback));
    }

    /** Whether the public address is one over TLS. */
    public boolean publicTls() {
        return publicUrl().filter(url -> "https".equals(url.getScheme())).isPresent();
    }

    /** Further hosts to answer to. */
    public Set<String> allowedHosts() {
        return listed(Setting.ALLOWED_HOSTS);
    }

    /**
     * Further origins whose pages may call.
     *
     * @throws VaultException {@code invalid_field} when one is more than scheme, host and port
     */
    public Set<String> allowedOrigins() {
        return listed(Setting.ALLOWED_ORIGINS).stream()
                .map(text -> origin(Setting.ALLOWED_ORIGINS, text).toString())
                .collect(Collectors.toSet());
    }

    private Optional<String> text(Setting setting) {
        return settings.given(setting).map(String::strip);
    }

    private Set<String> listed(Setting setting) {
        return Arrays.stream(text(setting).orElse("").split(",", -1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toSet());
    }

    private static URI origin(Setting setting, String text) {
        return origin(setting.variable(), text);
    }

    /**
     * A scheme, a host and perhaps a port.
     *
     * @param name what the text was given as, for the refusal
     * @throws VaultException {@code invalid_field} when it is more, or less
     */
    public static URI origin(String name, String text) {
        if (!text.matches("https?://(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?/?")) {
            throw new VaultException(
                    ErrorCode.INVALID_FIELD,
                    "{} takes a scheme, a host and perhaps a port, such as https://vault.example.com.",
                    name);
        }
        return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }
}
