package dev.chatelaine.http.openid;

import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How this service is known at the provider.
 *
 * @param client its client id
 * @param secret its client secret, or null for a public client, which PKCE alone protects
 * @param scopes what is asked for, {@code openid} among it
 * @param callback where the provider sends people back, asked by each sign-in
 */
public record OpenIdSettings(String client, @Nullable String secret, List<String> scopes, Supplier<URI> callback) {
    public OpenIdSettings {
        scopes = List.copyOf(scopes);
        if (client.isBlank() || !scopes.contains("openid")) {
            throw new IllegalArgumentException("a client has an id and asks for openid");
        }
    }

    @Override
    public String toString() {
        return "OpenIdSettings[" + client + "]";
    }
}
