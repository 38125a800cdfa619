package dev.chatelaine.vault.audit;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.RIVAL;
import static dev.chatelaine.vault.TestVault.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.crypto.KeyFile;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.VaultIdentity;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A chain has one end: whoever adds to it has named it, and so is alone at it. */
class AuditScopeTest {
    @RegisterExtension
    final TestVault test = new TestVault();

    @Test
    void anEventOfATenantThatTheUnitOfWorkDidNotNameIsRefused() {
        List<String> before = test.events();
        try (Database database = test.database().location().open(test.clock)) {
            for (Scope scope : List.of(Scope.VAULT, Scope.tenant(RIVAL))) {
                assertThatThrownBy(() -> append(database, scope)).isInstanceOf(IllegalStateException.class);
            }
            assertThat(test.events()).isEqualTo(before);
            append(database, Scope.tenants(List.of(RIVAL, ACME)).andVault());
        }
        assertThat(test.events()).hasSize(before.size() + 1);
        assertThat(test.vault().audit().verify(ACME).clean()).isTrue();
    }

    @Test
    void eventsThatAreLeftForTheEndFollowThoseThatAreNotAndNeedTheScopeToo() {
        List<String> before = test.events();
        try (Database database = test.database().location().open(test.clock)) {
            AuditLog audit = audit(database);
            assertThatThrownBy(() -> database.write(Scope.tenant(RIVAL), tx -> {
                        audit.appendAtEnd(tx, OWNER, "test.event", "refused");
                        return tx;
                    }))
                    .isInstanceOf(IllegalStateException.class);
            database.write(Scope.tenants(List.of(RIVAL, ACME)), tx -> {
                audit.appendAtEnd(tx, OWNER, "test.event", "second");
                audit.appendAtEnd(tx, STRANGER, "test.event", "elsewhere");
                audit.append(tx, OWNER, "test.event", "first");
                audit.appendAtEnd(tx, OWNER, "test.event", "third");
                return tx;
            });
        }
        assertThat(test.events().subList(before.size(), before.size() + 3))
                .containsExactly("test.event first done", "test.event second done", "test.event third done");
        assertThat(test.rows("SELECT target FROM audit_events WHERE tenant = 'rival' AND action = 'test.event'"))
                .containsExactly("elsewhere");
        assertThat(test.vault().audit().verify(ACME).clean()).isTrue();
        assertThat(test.vault().audit().verify(RIVAL).clean()).isTrue();
    }

    private void append(Database database, Scope scope) {
        AuditLog audit = audit(database);
        database.write(scope, tx -> {
            audit.append(tx, OWNER, "test.event", "target");
            return scope;
        });
    }

    private AuditLog audit(Database database) {
        VaultIdentity.Opened opened = VaultIdentity.open(
                database,
                new KeyFile(test.folder().resolve("keys/root.json")),
                new Ids(new SecureRandom()),
                test.clock);
        Keyrings keyrings = new Keyrings(opened.root(), opened.identity().vaultId());
        return new AuditLog(database, keyrings, test.clock);
    }
}
