package dev.chatelaine.vault.gatewaykey;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.access.Role;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what with gateway keys, usage and the pool, and what the audit tells of it. */
class GatewayCallsTest {
    @RegisterExtension
    final TestVault test = new TestVault();

    @BeforeEach
    void prepare() {
        GatewayCalls.prepare(test);
    }

    @ParameterizedTest
    @EnumSource(GatewayCalls.class)
    void whoLacksThePermissionIsRefusedAndTheAuditTellsOfIt(GatewayCalls call) {
        for (Role role : Role.values()) {
            if (allows(role, call)) {
                continue;
            }
            List<String> before = everything();
            List<String> events =
                    test.eventsOf(() -> assertThat(refusal(() -> call.call(test, TestVault.actor(ACME, role)))
                                    .code())
                            .isEqualTo(ErrorCode.PERMISSION_DENIED));
            assertThat(events).containsExactly(call.event + " denied");
            assertThat(everything()).isEqualTo(before);
        }
        assertThat(refusal(() -> call.call(test, TestVault.actor(ACME))).code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void whoHasThePermissionMayCall(GatewayCalls call, Role role) {
        call.call(test, TestVault.actor(ACME, role));

        assertThat(test.events()).noneMatch(event -> event.endsWith("denied"));
    }

    static Stream<Arguments> allowed() {
        return Stream.of(GatewayCalls.values())
                .flatMap(call -> Stream.of(Role.values())
                        .filter(role -> allows(role, call))
                        .map(role -> Arguments.of(call, role)));
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_ANY,
            names = {"GET", "LIST", "USAGE", "QUOTA", "RESERVE", "EXCHANGE", "POOL_LIST", "KEYS_AT_HAND"},
            value = GatewayCalls.class)
    void readingAndRequestsWriteNoEvent(GatewayCalls call) {
        assertThat(test.eventsOf(() -> call.call(test, OWNER))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_ANY,
            names = {"CREATE", "CHANGE", "ROTATE", "DELETE", "POOL_SET", "POOL_REMOVE", ".*_KEY_STATUS"},
            value = GatewayCalls.class)
    void aChangeIsOneEventAndNothingHappensWithoutIt(GatewayCalls call) throws SQLException {
        List<String> before = everything();
        test.execute("CREATE TRIGGER no_more BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'full'); END");
        assertThat(refusal(() -> call.call(test, OWNER)).code()).isEqualTo(ErrorCode.VAULT_UNAVAILABLE);
        assertThat(everything()).isEqualTo(before);
        test.execute("DROP TRIGGER no_more");

        assertThat(test.eventsOf(() -> call.call(test, OWNER))).containsExactly(call.event + " done");
        assertThat(everything()).isNotEqualTo(before);
        assertThat(test.vault().audit().verify(ACME).clean()).isTrue();
    }

    private static boolean allows(Role role, GatewayCalls call) {
        return role.permissions().stream().map(Permission::label).anyMatch(call.permission::equals);
    }

    private List<String> everything() {
        return Stream.of(
                        "SELECT hex(mac) FROM gateway_keys WHERE deleted_at IS NULL ORDER BY 1",
                        "SELECT hex(mac) FROM gateway_key_secrets ORDER BY 1",
                        "SELECT hex(mac) FROM usage_meters ORDER BY 1",
                        "SELECT hex(mac) FROM usage_reservations ORDER BY 1",
                        "SELECT id FROM usage_records ORDER BY 1",
                        "SELECT hex(sealed) || key_status FROM pool_keys ORDER BY 1",
                        "SELECT key_status FROM secrets")
                .flatMap(sql -> test.rows(sql).stream())
                .toList();
    }
}
