package dev.chatelaine.vault.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Expected;
import dev.chatelaine.vault.TestDatabase;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.VaultOptions;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.audit.AuditEvent;
import dev.chatelaine.vault.audit.AuditPage;
import dev.chatelaine.vault.audit.AuditQuery;
import dev.chatelaine.vault.audit.Outcome;
import dev.chatelaine.vault.crypto.KeyFile;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.provider.PrivateEndpoints;
import dev.chatelaine.vault.verify.VerificationStatus;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Purging at once, changes that expect a version, and the audit that tells of them. */
class SecretPurgeIT {
    private static final TenantId ACME = new TenantId("acme");
    private static final Actor OWNER = actor(Role.OWNER);
    private static final Actor ADMIN = actor(Role.ADMIN);
    private static final SecretName NAME = new SecretName("stripe");

    @TempDir
    Path folder;

    private Vault vault;

    @BeforeEach
    void open() {
        vault = Vault.open(new VaultOptions(
                database().location(),
                new KeyFile(folder.resolve("keys/root.json")),
                Catalog.builtIn(),
                new EndpointPolicy(false, PrivateEndpoints.none()),
                (provider, baseUrl, key) -> VerificationStatus.UNSUPPORTED,
                Clock.systemUTC(),
                new SecureRandom()));
        vault.tenants().create(OWNER, ACME, "pro");
        vault.secrets().create(OWNER, new NewSecret(NAME, null, Description.NONE, SecretValue.of("one")));
        vault.secrets().update(OWNER, NAME, new SecretChange(SecretValue.of("two"), null, null));
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void aPurgedSecretIsGoneWithAllItsVersions() {
        SecretMetadata purged = vault.secretHistory().purge(OWNER, NAME, Expected.ANY);

        assertThat(purged.version()).isEqualTo(2);
        assertThat(purged.purgeAt()).isEqualTo(purged.deletedAt());
        assertThat(count("secrets")).isZero();
        assertThat(count("secret_versions")).isZero();
        assertThat(refusal(() -> vault.secretHistory().restore(OWNER, NAME))).isEqualTo(ErrorCode.SECRET_NOT_FOUND);
        assertThat(vault.audit().verify(ACME).clean()).isTrue();
        assertThat(newest().events().get(0))
                .extracting(AuditEvent::action, AuditEvent::target, AuditEvent::outcome)
                .containsExactly("secret.purge", "stripe", Outcome.DONE);
    }

    @Test
    void aDeletedSecretCanBePurgedToo() {
        vault.secretHistory().delete(OWNER, NAME);

        assertThat(vault.secretHistory().purge(OWNER, NAME, Expected.ANY).deletedAt())
                .isNotNull();
        assertThat(count("secret_versions")).isZero();
    }

    @Test
    void onlyAnOwnerPurgesAndTheAttemptIsWrittenDown() {
        assertThat(refusal(() -> vault.secretHistory().purge(ADMIN, NAME, Expected.ANY)))
                .isEqualTo(ErrorCode.PERMISSION_DENIED);

        assertThat(count("secret_versions")).isEqualTo(2);
        assertThat(newest().events().get(0))
                .extracting(AuditEvent::action, AuditEvent::outcome)
                .containsExactly("secret.purge", Outcome.DENIED);
    }

    @Test
    void aChangeThatExpectsAnotherVersionChangesNothing() {
        Expected old = new Expected(Set.of(1L));
        SecretChange change = new SecretChange(SecretValue.of("three"), null, null);

        assertThat(List.of(
                        refusal(() -> vault.secrets().update(OWNER, NAME, change, old)),
                        refusal(() -> vault.secretHistory().delete(OWNER, NAME, old)),
                        refusal(() -> vault.secretHistory().rollback(OWNER, NAME, 1, old)),
                        refusal(() -> vault.secretHistory().purge(OWNER, NAME, old))))
                .containsOnly(ErrorCode.CONFLICT);
        assertThat(count("secret_versions")).isEqualTo(2);
        assertThat(vault.secrets()
                        .update(OWNER, NAME, change, new Expected(Set.of(1L, 2L)))
                        .version())
                .isEqualTo(3);
    }

    @Test
    void theAuditIsReadBackwardsInPagesAndByWhatItTells() {
        List<String> actions =
                newest().events().stream().map(AuditEvent::action).toList();
        assertThat(actions).containsExactly("secret.update", "secret.create", "tenant.create");

        AuditPage first = vault.audit().events(ADMIN, query(null, null, null, 2, null));
        AuditPage second = vault.audit().events(ADMIN, query(null, null, null, 2, first.nextCursor()));
        assertThat(first.events()).hasSize(2);
        assertThat(second.events()).extracting(AuditEvent::sequence).containsExactly(1L);
        assertThat(second.nextCursor()).isNull();

        assertThat(vault.audit()
                        .events(ADMIN, query("secret.create", null, null, 50, null))
                        .events())
                .extracting(AuditEvent::target)
                .containsExactly("stripe");
        Instant later = Instant.now().plus(Duration.ofMinutes(1));
        assertThat(vault.audit()
                        .events(ADMIN, query(null, later, null, 50, null))
                        .events())
                .isEmpty();
        assertThat(vault.audit()
                        .events(ADMIN, query(null, null, later, 50, null))
                        .events())
                .hasSize(3);
    }

    @Test
    void theAuditIsNotForEverybodyAndNotOfOthers() {
        assertThat(refusal(() -> vault.audit().events(actor(Role.KEY_MANAGER), AuditQuery.newest())))
                .isEqualTo(ErrorCode.PERMISSION_DENIED);
        assertThat(refusal(() -> vault.audit().events(ADMIN, query(null, null, null, 50, "?"))))
                .isEqualTo(ErrorCode.INVALID_FIELD);
        assertThat(refusal(() -> query(null, null, null, 201, null))).isEqualTo(ErrorCode.INVALID_FIELD);
        Actor stranger = OWNER.in(new TenantId("rival"));
        assertThat(vault.audit().events(stranger, AuditQuery.newest()).events()).isEmpty();
    }

    private AuditPage newest() {
        return vault.audit().events(OWNER, AuditQuery.newest());
    }

    private static AuditQuery query(
            @Nullable String action, @Nullable Instant from, @Nullable Instant to, int limit, @Nullable String cursor) {
        return new AuditQuery(null, action, null, from, to, limit, cursor);
    }

    private static ErrorCode refusal(ThrowingCallable call) {
        return catchThrowableOfType(VaultException.class, call).code();
    }

    private static Actor actor(Role role) {
        return new Actor("anna", ACME, Set.of(role), Channel.REST, null);
    }

    private long count(String table) {
        return Long.parseLong(database().texts("SELECT COUNT(*) FROM " + table).get(0));
    }

    private TestDatabase database() {
        return TestDatabase.of(folder.resolve("vault.db"));
    }
}
