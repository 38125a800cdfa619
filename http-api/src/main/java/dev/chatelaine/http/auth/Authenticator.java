package dev.chatelaine.http.auth;

import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.TenantId;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a request's headers into an actor: the one place where that happens. Safe for several threads.
 *
 * <p>A token counts when it is signed by the trusted issuer's key with an algorithm from the list (RS256, ES256,
 * EdDSA), names this service as its audience, has a subject and an expiry that is not more than 60 s past, and is not
 * from the future by more than that. Its header must not bring a key or an extension. Roles that are not known give
 * nothing; a token without any makes an actor without permissions.
 */
public final class Authenticator {
    private final TrustedIssuer issuer;
    private final ClaimRules rules;
    private final ClaimNames names;
    private final SignatureCheck signatures = new SignatureCheck();

    /**
     * An authenticator.
     *
     * @param issuer whose tokens count
     * @param audiences what tokens must be for
     * @param names the claims with tenant and roles
     * @param clock tells the time
     */
    public Authenticator(TrustedIssuer issuer, Audiences audiences, ClaimNames names, Clock clock) {
        this.issuer = issuer;
        this.rules = new ClaimRules(issuer.issuer(), audiences, clock);
        this.names = names;
    }

    /**
     * Who is calling. Whether the tenant exists in the vault is not asked here.
     *
     * @param authorization the {@code Authorization} header, of which a request must have no more than one
     * @param tenantHeader the {@code X-Tenant-Id} header, which chooses among the token's tenants
     * @param channel the way in
     * @throws AuthenticationException saying why not
     */
    public Actor authenticate(@Nullable String authorization, @Nullable String tenantHeader, Channel channel) {
        CompactToken token = CompactToken.from(authorization);
        signatures.require(token, issuer);
        Claims claims = Claims.parse(token.payload().decode());
        rules.check(token.header(), claims);
        return new Actor(
                claims.text("sub").orElseThrow(),
                tenant(claims, tenantHeader),
                names.roles(claims),
                channel,
                ClaimRules.client(claims).orElse(null));
    }

    private TenantId tenant(Claims claims, @Nullable String chosen) {
        List<String> tenants = names.tenants(claims);
        if (chosen != null) {
            if (!tenants.contains(chosen)) {
                throw wrongTenant();
            }
            return tenantId(chosen);
        }
        if (tenants.size() > 1) {
            throw new AuthenticationException(
                    AuthenticationException.Kind.WRONG_TENANT,
                    "The token is for several tenants. Choose one of them with the X-Tenant-Id header.");
        }
        if (tenants.isEmpty()) {
            throw new AuthenticationException(
                    AuthenticationException.Kind.WRONG_TENANT, "The token is for no tenant of this service.");
        }
        return tenantId(tenants.get(0));
    }

    private static TenantId tenantId(String text) {
        try {
            return new TenantId(text);
        } catch (VaultException e) {
            throw wrongTenant();
        }
    }

    static AuthenticationException wrongTenant() {
        return new AuthenticationException(
                AuthenticationException.Kind.WRONG_TENANT, "The token is not for the tenant that was asked for.");
    }
}
