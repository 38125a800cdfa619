package dev.chatelaine.vault.signin;

import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A tenant that somebody may work in.
 *
 * @param tenant the tenant
 * @param roles what they may do there; none gives nothing
 */
public record Membership(TenantId tenant, Set<Role> roles) {
    public Membership {
        roles = Set.copyOf(roles);
    }

    static Membership of(String tenant, String roles) {
        List<String> given = List.of(roles.split(" ", -1));
        return new Membership(
                new TenantId(tenant),
                Arrays.stream(Role.values())
                        .filter(role -> given.contains(role.label()))
                        .collect(Collectors.toSet()));
    }

    /** The roles' names in one text, as they are kept. */
    String rolesText() {
        return roles.stream().map(Role::label).sorted().collect(Collectors.joining(" "));
    }
}
