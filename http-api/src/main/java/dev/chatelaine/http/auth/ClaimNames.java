package dev.chatelaine.http.auth;

import dev.chatelaine.vault.access.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** The tenants that the claims name, each once, as they spell them. */
    List<String> tenants(Claims claims) {
        return claims.texts(tenant).stream().distinct().toList();
    }

    /** The roles that the claims give; what is not known gives nothing. */
    Set<Role> roles(Claims claims) {
        Set<String> given = claims.texts(roles).stream()
                .flatMap(text -> Stream.of(text.split(" ", -1)))
                .collect(Collectors.toSet());
        return Arrays.stream(Role.values())
                .filter(role -> given.contains(role.label()))
                .collect(Collectors.toSet());
    }
}
