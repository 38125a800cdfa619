package dev.chatelaine.vault.access;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.ServiceCalls;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.VaultException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ServicePermissionsTest {
    @RegisterExtension
    final TestVault test = new TestVault();

    @ParameterizedTest
    @EnumSource(ServiceCalls.class)
    void whoLacksThePermissionIsRefusedAndTheAuditTellsOfIt(ServiceCalls call) {
        ServiceCalls.prepare(test);
        for (Role role : Role.values()) {
            if (allows(role, call)) {
                continue;
            }
            List<String> before = everything();
            String target = call.target(test);

            List<String> events = test.eventsOf(() -> refused(call, TestVault.actor(ACME, role)));

            assertThat(events).containsExactly(call.action + " " + target + " denied");
            assertThat(everything()).isEqualTo(before);
        }
        assertThat(test.provider.questions()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void whoHasThePermissionMayCall(ServiceCalls call, Role role) {
        ServiceCalls.prepare(test);

        call.call(test, TestVault.actor(ACME, role));

        assertThat(test.events()).noneMatch(event -> event.endsWith("denied"));
    }

    static Stream<Arguments> allowed() {
        return Stream.of(ServiceCalls.values())
                .flatMap(call -> Stream.of(Role.values())
                        .filter(role -> allows(role, call))
                        .map(role -> Arguments.of(call, role)));
    }

    @ParameterizedTest
    @EnumSource(ServiceCalls.class)
    void anActorWithoutRolesMayNothing(ServiceCalls call) {
        ServiceCalls.prepare(test);

        refused(call, TestVault.actor(ACME));
    }

    @Test
    void aRefusalThatCannotBeWrittenDownIsARefusalStill() throws Exception {
        ServiceCalls.prepare(test);
        test.execute("DROP TABLE audit_heads");

        VaultException refused =
                refusal(() -> ServiceCalls.DELETE_SECRET.call(test, TestVault.actor(ACME, Role.VIEWER)));

        assertThat(refused.code()).isEqualTo(ErrorCode.VAULT_UNAVAILABLE);
        assertThat(test.rows("SELECT 1 FROM secrets WHERE name = 'token' AND deleted_at IS NOT NULL"))
                .isEmpty();
    }

    private void refused(ServiceCalls call, Actor actor) {
        assertThat(refusal(() -> call.call(test, actor)).code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
    }

    private static boolean allows(Role role, ServiceCalls call) {
        return role.permissions().stream().map(Permission::label).anyMatch(call.permission::equals);
    }

    private List<String> everything() {
        return test.rows("SELECT json_group_array(json_array(id, name, version, key_status, updated_at, last_used_at,"
                + " deleted_at)) FROM secrets UNION ALL SELECT json_group_array(json_array(id, name, model, is_default,"
                + " key_version)) FROM llm_configurations UNION ALL SELECT json_group_array(json_array(version,"
                + " hex(sealed), key_status, last_used_at)) FROM llm_keys UNION ALL SELECT"
                + " json_group_array(json_array(secret_id, number, hex(sealed))) FROM secret_versions UNION ALL SELECT"
                + " json_group_array(json_array(name, generation, last_rotated_at)) FROM bundles UNION ALL SELECT"
                + " json_group_array(json_array(id, status, revision)) FROM sessions UNION ALL SELECT"
                + " json_group_array(json_array(record, version, hex(sealed))) FROM session_values");
    }
}
