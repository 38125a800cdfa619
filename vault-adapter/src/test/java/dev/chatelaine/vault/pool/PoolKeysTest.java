package dev.chatelaine.vault.pool;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.STRANGER;
import static dev.chatelaine.vault.TestVault.actor;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.provider.ProviderId;
import dev.chatelaine.vault.secret.SecretQuery;
import dev.chatelaine.vault.tenant.Tenant;
import dev.chatelaine.vault.upstreamkey.KeyChoice;
import dev.chatelaine.vault.upstreamkey.OpenedKey;
import dev.chatelaine.vault.usage.Payer;
import dev.chatelaine.vault.usage.Requests;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PoolKeysTest {
    private static final ProviderId OPENAI = Requests.OPENAI;
    private static final SecretValue KEY = SecretValue.of("sk-pool-0000000000-9fQ2");
    private static final SecretValue OTHER = SecretValue.of("sk-pool-1111111111-Zx41");

    @RegisterExtension
    final TestVault test = new TestVault();

    private PoolKeys pool;

    @BeforeEach
    void pool() {
        pool = test.vault().pool();
    }

    /** What a request of this actor's is given. */
    private @Nullable SecretValue opened(Actor actor) {
        var ledger = test.vault().ledger();
        Optional<PoolKeys.Opened> opened = ledger.reserve(
                        new Payer(actor, null),
                        ledger.newRequestId(),
                        Requests.pooled(1, null),
                        Requests.LIFE,
                        tx -> pool.open(tx, actor, OPENAI))
                .opened();
        return opened.map(PoolKeys.Opened::value).orElse(null);
    }

    private void said(PoolKey of, KeyStatus status) {
        OpenedKey used = new OpenedKey(new KeyChoice.OfPool(OPENAI), of.version(), of.status(), KEY);
        test.vault().upstreamKeys().report(OWNER, used, status);
    }

    @Test
    void aKeyIsSetListedReplacedUsedAndRemoved() {
        assertThat(opened(OWNER)).isNull();
        PoolKey set = pool.set(OWNER, "openai", KEY);
        assertThat(set.hint()).isEqualTo("9fQ2");
        assertThat(set.status()).isEqualTo(KeyStatus.UNVERIFIED);
        assertThat(set.createdBy()).isEqualTo("anna");
        assertThat(pool.list(OWNER)).containsExactly(set);
        assertThat(pool.find(OPENAI)).contains(set);
        assertThat(opened(OWNER)).isEqualTo(KEY);
        PoolKey replaced = pool.set(OWNER, "openai", OTHER);
        assertThat(replaced.version()).isGreaterThan(set.version());
        assertThat(opened(STRANGER)).isEqualTo(OTHER);
        assertThat(pool.remove(OWNER, "openai")).isEqualTo(replaced);
        assertThat(pool.list(OWNER)).isEmpty();
        assertThat(opened(OWNER)).isNull();
        assertThat(refusal(() -> pool.remove(OWNER, "openai")).code()).isEqualTo(ErrorCode.POOL_KEY_NOT_FOUND);
    }

    @Test
    void setAndRemoveAreEventsOfTheOperatorsAndUseOfTheUsersTenant() {
        assertThat(test.eventsOf(() -> pool.set(OWNER, "gemini", SecretValue.of("AIza" + "x".repeat(20)))))
                .containsExactly("pool.set google done");
        assertThat(test.eventsOf(() -> pool.remove(OWNER, "google"))).containsExactly("pool.remove google done");
        pool.set(STRANGER, "openai", KEY);
        assertThat(test.eventsOf(() -> opened(OWNER))).containsExactly("pool.reveal openai done");
        assertThat(test.vault().audit().verify(ACME).clean()).isTrue();
    }

    @Test
    void whatCannotBeAPoolKeyIsRefused() {
        assertThat(refusal(() -> pool.set(OWNER, "nobody", KEY)).code()).isEqualTo(ErrorCode.PROVIDER_UNKNOWN);
        assertThat(refusal(() -> pool.set(OWNER, "custom", KEY)).code()).isEqualTo(ErrorCode.INVALID_FIELD);
        assertThat(refusal(() -> pool.set(OWNER, "openai", SecretValue.of("sk-ant-api03-xyz")))
                        .code())
                .isEqualTo(ErrorCode.INVALID_PROVIDER_KEY);
        pool.set(OWNER, "openai", KEY);
        assertThat(refusal(() -> pool.set(OWNER, "openai", SecretValue.of("9fQ2")))
                        .code())
                .isEqualTo(ErrorCode.VALUE_IS_MASK);
        assertThat(pool.find(OPENAI).orElseThrow().hint()).isEqualTo("9fQ2");
        assertThat(test.rows("SELECT provider FROM pool_keys")).containsExactly("openai");
    }

    @Test
    void whatIsSaidOfAReplacedKeyIsNotSaidOfItsSuccessor() {
        PoolKey first = pool.set(OWNER, "openai", KEY);
        said(first, KeyStatus.INVALID);
        assertThat(pool.find(OPENAI).orElseThrow().status()).isEqualTo(KeyStatus.INVALID);
        pool.remove(OWNER, "openai");
        test.clock.advance(Duration.ofSeconds(1));
        pool.set(OWNER, "openai", OTHER);
        assertThat(test.eventsOf(() -> said(first, KeyStatus.INVALID))).isEmpty();
        assertThat(pool.find(OPENAI).orElseThrow().status()).isEqualTo(KeyStatus.UNVERIFIED);
    }

    @Test
    void keysSurviveARootRotationAndAKeyThatWasMovedDoesNotOpen() throws SQLException {
        pool.set(OWNER, "openai", KEY);
        test.vault().rootRotation().rotate(OWNER, (done, whole) -> {});
        test.reopen();
        pool = test.vault().pool();
        assertThat(opened(OWNER)).isEqualTo(KEY);
        pool.set(OWNER, "mistral", OTHER);
        test.execute("UPDATE pool_keys SET sealed = (SELECT sealed FROM pool_keys WHERE provider = 'mistral')");
        assertThat(refusal(() -> opened(OWNER)).code()).isEqualTo(ErrorCode.INTEGRITY_FAILED);
    }

    @Test
    void thePlatformsTenantIsNobodysToSeeMakeOrActIn() {
        pool.set(OWNER, "openai", KEY);
        var tenants = test.vault().tenants();
        assertThat(tenants.list()).extracting(Tenant::id).doesNotContain(TenantId.POOL);
        assertThat(tenants.exists(TenantId.POOL)).isFalse();
        assertThat(refusal(() -> tenants.get(TenantId.POOL)).code()).isEqualTo(ErrorCode.TENANT_NOT_FOUND);
        assertThat(refusal(() -> tenants.changePlan(OWNER, TenantId.POOL, "pro"))
                        .code())
                .isEqualTo(ErrorCode.TENANT_NOT_FOUND);
        assertThat(refusal(() -> tenants.create(OWNER, TenantId.POOL, "pro")).code())
                .isEqualTo(ErrorCode.INVALID_NAME);
        Actor intruder = actor(TenantId.POOL, Role.OWNER);
        assertThat(refusal(() -> tenants.ensure(intruder, "pro")).code()).isEqualTo(ErrorCode.INVALID_NAME);
        assertThat(refusal(() -> test.vault().secrets().list(intruder, SecretQuery.all()))
                        .code())
                .isEqualTo(ErrorCode.PERMISSION_DENIED);
        assertThat(refusal(() -> pool.list(intruder)).code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
        assertThat(refusal(() -> opened(intruder)).code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
    }

    @Test
    void noPoolKeyIsInAnyRow() {
        pool.set(OWNER, "openai", KEY);
        opened(OWNER);
        assertThat(pool.list(OWNER).toString()).doesNotContain("sk-pool");
        assertThat(List.of(
                        test.rows("SELECT CAST(sealed AS TEXT) FROM pool_keys").toString()))
                .noneMatch(row -> row.contains("sk-pool"));
    }
}
