package dev.chatelaine.http.auth;

/**
 * Where a token says what its subject may do here. A name is that of a claim; where there is no such claim, its dots
 * lead into objects: {@code realm_access.roles}.
 *
 * @param tenant the claim with the tenant: text, or an array of texts
 * @param roles the claim with the roles: text with spaces between them, or an array of texts
 */
public record ClaimNames(String tenant, String roles) {
    /** {@code tenant} and {@code roles}, as the instance's own tokens have them. */
    public static final ClaimNames STANDARD = new ClaimNames("tenant", "roles");

    public ClaimNames {
        if (tenant.isBlank() || roles.isBlank()) {
            throw new IllegalArgumentException("a claim has a name");
        }
    }
}
