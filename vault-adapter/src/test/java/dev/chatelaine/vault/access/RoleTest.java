package dev.chatelaine.vault.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.TestVault;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoleTest {
    /** The table of the contract, word for word. */
    private static final String TABLE = """
            | permission | viewer | member | key_manager | admin | owner |
            |---|:-:|:-:|:-:|:-:|:-:|
            | `secrets:read` (metadata) | ✓ | ✓ | ✓ | ✓ | ✓ |
            | `secrets:write` (secrets other than provider keys; bundles) | | ✓ | ✓ | ✓ | ✓ |
            | `keys:manage` (provider keys, keys of LLM configurations) | | | ✓ | ✓ | ✓ |
            | `integrations:read` | ✓ | ✓ | ✓ | ✓ | ✓ |
            | `integrations:write` (LLM configuration records, default) | | ✓ | | ✓ | ✓ |
            | `integrations:delete` | | | | | ✓ |
            | `sessions:run`, `llm:invoke` | | ✓ | ✓ | ✓ | ✓ |
            | `gateway_keys:manage`, `audit:read`, `usage:read` | | | | ✓ | ✓ |
            | `tenant:admin` | | | | | ✓ |
            """;

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    @ParameterizedTest
    @EnumSource(Role.class)
    void givesWhatTheTableSaysAndNoMore(Role role) {
        assertThat(role.permissions().stream().map(Permission::label))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(granted(role.label()));
    }

    @Test
    void theTableKnowsEveryRoleAndPermission() {
        assertThat(cells(rows().get(0)).subList(1, 6))
                .containsExactlyElementsOf(
                        Arrays.stream(Role.values()).map(Role::label).toList());
        assertThat(granted("owner"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Permission.values())
                        .map(Permission::label)
                        .toList());
    }

    @Test
    void rolesAddUpAndNoRoleGivesNothing() {
        Actor both = TestVault.actor(TestVault.ACME, Role.VIEWER, Role.KEY_MANAGER);
        Actor none = TestVault.actor(TestVault.ACME);

        assertThat(both.may(Permission.KEYS_MANAGE)).isTrue();
        assertThat(both.may(Permission.INTEGRATIONS_WRITE)).isFalse();
        assertThat(Permission.values()).noneMatch(none::may);
    }

    @Test
    void anActorsNamesAreBoundedAndPrintable() {
        String longest = "\ud83d\udd11".repeat(255);
        Actor actor = new Actor(longest + "x", TestVault.ACME, Set.of(), Channel.MCP, "a\u0000b\nc\ud83d");

        assertThat(actor.subject()).isEqualTo(longest);
        assertThat(actor.client()).isEqualTo("a\ufffdb\ufffdc\ufffd");
        assertThat(actor.in(TestVault.RIVAL).subject()).isEqualTo(longest);
    }

    private static List<String> granted(String role) {
        int column = cells(rows().get(0)).indexOf(role);
        return rows().stream()
                .skip(2)
                .map(RoleTest::cells)
                .filter(cells -> cells.get(column).equals("✓"))
                .flatMap(cells -> QUOTED.matcher(cells.get(0)).results().map(quoted -> quoted.group(1)))
                .toList();
    }

    private static List<String> rows() {
        return TABLE.lines().toList();
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.substring(1).split("\\|", 0))
                .map(String::strip)
                .toList();
    }
}
