package dev.chatelaine.mcp.cli.serve;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code --role}. */
final class RoleNames {
    private RoleNames() {}

    static Set<Role> parse(List<String> names) {
        return names.stream().map(RoleNames::role).collect(Collectors.toSet());
    }

    private static Role role(String name) {
        return Arrays.stream(Role.values())
                .filter(role -> role.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new VaultException(
                                ErrorCode.INVALID_FIELD,
                                "There is no such role. The roles are {}.",
                                Arrays.stream(Role.values()).map(Role::label).collect(Collectors.joining(", ")))
                        .withField("role"));
    }
}
