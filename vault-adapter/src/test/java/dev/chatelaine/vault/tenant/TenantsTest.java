package dev.chatelaine.vault.tenant;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.actor;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantsTest {
    private static final TenantId NEW = new TenantId("new");

    @RegisterExtension
    final TestVault test = new TestVault();

    @Test
    void aNewTenantHasItsPlanAndAnAuditThatBeginsWithItsMaking() {
        Tenant made = tenants().create(OWNER, NEW, "core");

        assertThat(made).isEqualTo(new Tenant(NEW, "core", test.clock.instant()));
        assertThat(tenants().list())
                .extracting(tenant -> tenant.id().value() + " " + tenant.plan())
                .containsExactly("acme pro", "new core", "rival pro");
        assertThat(test.rows("SELECT sequence || action || target FROM audit_events WHERE tenant = 'new'"))
                .containsExactly("1tenant.createcore");
    }

    @Test
    void aTakenNameIsRefused() {
        List<String> events = test.eventsOf(() -> assertThat(
                        refusal(() -> tenants().create(OWNER, ACME, "core")).code())
                .isEqualTo(ErrorCode.TENANT_EXISTS));

        assertThat(events).isEmpty();
        assertThat(tenants().list()).contains(new Tenant(ACME, "pro", test.clock.instant()));
    }

    @Test
    void anUnknownPlanIsRefusedAndThePlansAreNamed() {
        assertThat(refusal(() -> tenants().create(OWNER, NEW, "gold")).text()).contains("starter, core, pro, business");
        assertThat(refusal(() -> tenants().changePlan(OWNER, ACME, "gold")).code())
                .isEqualTo(ErrorCode.PLAN_UNKNOWN);
        assertThat(tenants().list()).hasSize(2);
    }

    @Test
    void aPlanIsChangedAndWhatIsStoredStays() {
        test.create("provider_key_openai", "sk-A0");

        List<String> events = test.eventsOf(() -> tenants().changePlan(OWNER, ACME, "starter"));

        assertThat(events).containsExactly("tenant.plan starter done");
        assertThat(test.vault().byok().overview(OWNER).plan().name()).isEqualTo("starter");
        assertThat(test.rows("SELECT name FROM secrets")).containsExactly("provider_key_openai");
        assertThat(refusal(() -> tenants().changePlan(OWNER, NEW, "core")).code())
                .isEqualTo(ErrorCode.TENANT_NOT_FOUND);
    }

    @Test
    void ensuringMakesATenantOnceAndLeavesItsPlan() {
        Actor newcomer = actor(NEW, Role.OWNER);
        Tenant made = tenants().ensure(newcomer, "core");

        assertThat(tenants().ensure(newcomer, "pro")).isEqualTo(made);
    }

    @Test
    void ofManyThatEnsureOneMakesIt() throws Exception {
        Callable<Tenant> ensuring = () -> tenants().ensure(actor(NEW, Role.OWNER), "core");
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Tenant> ensured = new ArrayList<>();
        try {
            for (Future<Tenant> end : threads.invokeAll(Collections.nCopies(16, ensuring))) {
                ensured.add(end.get());
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(ensured).hasSize(16).containsOnly(new Tenant(NEW, "core", test.clock.instant()));
        assertThat(test.rows("SELECT action FROM audit_events WHERE tenant = 'new'"))
                .containsExactly("tenant.create");
        assertThat(test.vault().audit().verify(NEW).clean()).isTrue();
    }

    @Test
    void nobodyActsInATenantThatIsNotThere() {
        refusal(() -> test.create(actor(NEW, Role.OWNER), "token", "v"));
        refusal(() -> test.create(actor(NEW, Role.VIEWER), "token", "v"));

        assertThat(test.rows("SELECT name FROM secrets")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "..", "-a", "a\u0000", "t\u00e9nant"})
    void refusesANameThatIsNone(String name) {
        assertThat(refusal(() -> new TenantId(name)).code()).isEqualTo(ErrorCode.INVALID_NAME);
    }

    private Tenants tenants() {
        return test.vault().tenants();
    }
}
