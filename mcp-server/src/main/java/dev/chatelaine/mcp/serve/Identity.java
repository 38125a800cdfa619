package dev.chatelaine.mcp.serve;

import dev.chatelaine.http.auth.Audiences;
import dev.chatelaine.http.auth.Authenticator;
import dev.chatelaine.http.auth.ClaimNames;
import dev.chatelaine.http.auth.ExternalIssuer;
import dev.chatelaine.http.auth.KeyRefresh;
import dev.chatelaine.http.auth.LocalIssuer;
import dev.chatelaine.http.auth.TrustedIssuer;
import dev.chatelaine.mcp.config.Setting;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import java.net.URI;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose tokens count, and what they must be for: an organisation's provider where one is named, else the instance
 * itself. The instance's own tokens count wherever its vault is served, under whatever address: {@code token} need not
 * know that.
 */
public final class Identity implements AutoCloseable {
    private static final String INSTANCE = "chatelaine";

    private final TrustedIssuer issuer;
    private final Authenticator authenticator;

    private Identity(TrustedIssuer issuer, Authenticator authenticator) {
        this.issuer = issuer;
        this.authenticator = authenticator;
    }

    /**
     * The identity that these settings give. An organisation's provider is not asked before the first token comes.
     *
     * @throws VaultException {@code invalid_field} for a provider whose address is none, or without a public address or
     *     an audience
     */
    static Identity of(ServeSettings settings, Vault vault, Ids ids, Clock clock) {
        Optional<String> provider = settings.issuer();
        if (provider.isEmpty()) {
            LocalIssuer local = local(settings, vault, ids, clock);
            Set<String> audiences = new HashSet<>(audiences(settings));
            audiences.add(INSTANCE);
            return new Identity(local, new Authenticator(local, new Audiences(audiences), ClaimNames.STANDARD, clock));
        }
        Set<String> audiences = audiences(settings);
        if (audiences.isEmpty()) {
            throw new VaultException(
                    ErrorCode.INVALID_FIELD,
                    "With {} set, say what its tokens must be for: set {} or {}.",
                    Setting.ISSUER.variable(),
                    Setting.PUBLIC_URL.variable(),
                    Setting.AUDIENCE.variable());
        }
        TrustedIssuer external = external(provider.get());
        return new Identity(external, new Authenticator(external, new Audiences(audiences), settings.claims(), clock));
    }

    /** The instance as an issuer, for {@code token} and for those who prove its tokens. */
    public static LocalIssuer local(ServeSettings settings, Vault vault, Ids ids, Clock clock) {
        String audience = settings.audience()
                .or(() -> settings.publicUrl().map(URI::toString))
                .orElse(INSTANCE);
        return new LocalIssuer(vault.tokenKeys(), INSTANCE, audience, ids, clock);
    }

    /** Whose tokens count. */
    TrustedIssuer issuer() {
        return issuer;
    }

    Authenticator authenticator() {
        return authenticator;
    }

    /** Where clients get tokens; nowhere that a client could ask, where the instance signs. */
    List<String> authorizationServers() {
        return issuer instanceof LocalIssuer ? List.of() : List.of(issuer.issuer());
    }

    /** The instance's public keys; none where an organisation's provider signs. */
    Map<String, Object> keys() {
        return issuer instanceof LocalIssuer local ? local.jwks() : Map.of("keys", List.of());
    }

    @Override
    public void close() {
        issuer.close();
    }

    private static Set<String> audiences(ServeSettings settings) {
        if (settings.audience().isPresent()) {
            return Set.of(settings.audience().get());
        }
        return settings.publicUrl()
                .map(url -> Set.of(url.toString(), url + "/mcp", url + "/sse"))
                .orElse(Set.of());
    }

    private static TrustedIssuer external(String issuer) {
        try {
            return new ExternalIssuer(issuer, KeyRefresh.STANDARD);
        } catch (IllegalArgumentException e) {
            throw new VaultException(
                    ErrorCode.INVALID_FIELD,
                    "{} takes an https address without user, query and fragment (http on this machine only).",
                    Setting.ISSUER.variable());
        }
    }
}
