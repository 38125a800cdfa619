package dev.chatelaine.vault.audit;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.ServiceCalls;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class DomainEventsTest {
    @RegisterExtension
    final TestVault test = new TestVault();

    @BeforeEach
    void prepare() {
        ServiceCalls.prepare(test);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_ANY,
            names = {"GET_.*", "LIST_.*", "HISTORY", "TO_VERIFY", "BYOK"},
            value = ServiceCalls.class)
    void readingWritesNone(ServiceCalls call) {
        assertThat(test.eventsOf(() -> call.call(test, OWNER))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_NONE,
            names = {"GET_.*", "LIST_.*", "HISTORY", "TO_VERIFY", "BYOK", "OPEN_.*", "VERIFY_.*", "ENTER_.*", "START_.*"
            },
            value = ServiceCalls.class)
    void aChangeWritesOneThatNamesItAndItsTarget(ServiceCalls call) {
        String target = call.target(test);

        assertThat(test.eventsOf(() -> call.call(test, OWNER))).containsExactly(call.action + " " + target + " done");
        assertThat(test.vault().audit().verify(ACME).clean()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ANY, names = "ENTER_.*", value = ServiceCalls.class)
    void whatAPersonIsAskedForIsOne(ServiceCalls call) {
        assertThat(test.eventsOf(() -> call.call(test, OWNER)))
                .containsExactly("entry.open " + call.target(test) + " done");
    }

    @Test
    void aSessionThatIsStartedIsNamedByItsId() {
        assertThat(test.eventsOf(() -> ServiceCalls.START_SESSION.call(test, OWNER)))
                .singleElement()
                .asString()
                .matches("session\\.create ses_[a-z0-9]{26} done");
    }

    @Test
    void aVerificationWritesTheUseAndTheOutcome() {
        assertThat(test.eventsOf(() -> ServiceCalls.VERIFY_SECRET.call(test, OWNER)))
                .containsExactly("secret.reveal provider_key_openai done", "secret.verify provider_key_openai done");
        assertThat(test.eventsOf(() -> ServiceCalls.VERIFY_CONFIGURATION.call(test, OWNER)))
                .containsExactly("llm.reveal chat done", "llm.verify chat done");
        assertThat(test.eventsOf(() -> ServiceCalls.OPEN_TO_VERIFY.call(test, OWNER)))
                .containsExactly("secret.reveal provider_key_openai done");
        assertThat(test.eventsOf(() -> ServiceCalls.OPEN_KEY.call(test, OWNER)))
                .containsExactly("llm.reveal chat done");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_NONE,
            names = {"GET_.*", "LIST_.*", "HISTORY", "TO_VERIFY", "BYOK"},
            value = ServiceCalls.class)
    void nothingHappensWithoutItsEvent(ServiceCalls call) throws SQLException {
        List<String> before = state();
        test.execute("CREATE TRIGGER no_more BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'full'); END");

        assertThat(refusal(() -> call.call(test, OWNER)).code()).isEqualTo(ErrorCode.VAULT_UNAVAILABLE);

        assertThat(state()).isEqualTo(before);
    }

    @Test
    void anEventTellsWhoCameWhichWay() {
        Actor actor = new Actor("berta", ACME, Set.of(Role.ADMIN), Channel.REST, null);
        test.create(actor.through("a client \ud83d"), "extra", "v");

        assertThat(test.rows("SELECT subject || '|' || channel || '|' || client || '|' || at FROM audit_events WHERE"
                        + " target = 'extra'"))
                .containsExactly("berta|rest|a client \ufffd|" + test.clock.millis());
        assertThat(test.vault().audit().verify(ACME).clean()).isTrue();
    }

    private List<String> state() {
        return test.rows("SELECT json_array(name, version, key_status, last_used_at, deleted_at) FROM secrets"
                + " UNION ALL SELECT json_array(name, model, is_default, key_version) FROM llm_configurations"
                + " UNION ALL SELECT json_array(version, key_status, last_used_at, hex(sealed)) FROM llm_keys"
                + " UNION ALL SELECT json_array(secret_id, number, hex(sealed)) FROM secret_versions"
                + " UNION ALL SELECT json_array(name, generation, last_rotated_at) FROM bundles"
                + " UNION ALL SELECT json_array(id, status, revision) FROM sessions"
                + " UNION ALL SELECT json_array(record, version, hex(sealed)) FROM session_values"
                + " UNION ALL SELECT json_array(tenant, revision) FROM tenant_keyrings");
    }
}
