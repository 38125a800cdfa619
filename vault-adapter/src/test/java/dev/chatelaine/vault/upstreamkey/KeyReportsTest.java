package dev.chatelaine.vault.upstreamkey;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.RIVAL;
import static dev.chatelaine.vault.TestVault.STRANGER;
import static dev.chatelaine.vault.TestVault.actor;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.byok.ProviderOverview;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.provider.Provider;
import dev.chatelaine.vault.secret.SecretChange;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.upstreamkey.KeyChoice.OfConfiguration;
import dev.chatelaine.vault.upstreamkey.KeyChoice.OfPool;
import dev.chatelaine.vault.upstreamkey.KeyChoice.OfTenant;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What providers say of keys while requests are made with them. */
class KeyReportsTest {
    private static final Provider OPENAI = Catalog.builtIn().provider("openai");
    private static final ConfigurationName CHAT = new ConfigurationName("chat");
    private static final SecretName TENANT_KEY = new SecretName("provider_key_openai");
    private static final SecretValue POOL_KEY = SecretValue.of("sk-pool-0123456789abcdef");
    private static final Actor MEMBER = actor(ACME, Role.MEMBER);

    @RegisterExtension
    final TestVault test = new TestVault();

    private final Opening opening = new Opening(test);

    @BeforeEach
    void aKeyEverywhere() {
        test.create(TENANT_KEY.value(), "sk-tenant-0123456789abcdef");
        configure();
        test.vault().pool().set(OWNER, "openai", POOL_KEY);
    }

    private void configure() {
        test.configure("chat");
        test.vault().llmKeys().set(OWNER, CHAT, SecretValue.of("sk-configured-0123456789"));
    }

    private OpenedKey tenantKey() {
        return opening.of(MEMBER, new OfTenant(OPENAI)).orElseThrow();
    }

    private OpenedKey configurationKey() {
        return opening.of(
                        MEMBER,
                        new OfConfiguration(test.vault().llmConfigurations().get(OWNER, CHAT)))
                .orElseThrow();
    }

    private OpenedKey poolKey(Actor actor) {
        return opening.of(actor, new OfPool(OPENAI.id())).orElseThrow();
    }

    private List<String> said(OpenedKey used, KeyStatus status) {
        return test.eventsOf(() -> test.vault().upstreamKeys().report(MEMBER, used, status));
    }

    private ProviderOverview shown() {
        return test.vault().byok().overview(OWNER).providers().get(0);
    }

    @Test
    void aMembersRequestFindsAKeyFailingAndTheOverviewShowsIt() {
        OpenedKey used = tenantKey();
        test.clock.advance(Duration.ofSeconds(5));

        assertThat(said(used, KeyStatus.INVALID)).containsExactly("secret.key_status provider_key_openai done");

        assertThat(shown().status()).isEqualTo(KeyStatus.INVALID);
        assertThat(shown().lastVerifiedAt()).isEqualTo(test.clock.instant());
        assertThat(tenantKey().status()).isEqualTo(KeyStatus.INVALID);
        assertThat(test.vault().audit().verify(ACME).clean()).isTrue();
    }

    @Test
    void aConfigurationsKeyIsShownToFailWhereItIsTheOneInUse() {
        test.vault().secretHistory().delete(OWNER, TENANT_KEY);

        assertThat(said(configurationKey(), KeyStatus.INVALID)).containsExactly("llm.key_status chat done");

        assertThat(shown().source()).isEqualTo(ProviderOverview.Source.CONFIGURATION);
        assertThat(shown().status()).isEqualTo(KeyStatus.INVALID);
        assertThat(configurationKey().status()).isEqualTo(KeyStatus.INVALID);
    }

    @Test
    void aPoolKeysStatusIsAnEventOfWhoeversRequestFoundIt() {
        assertThat(said(poolKey(MEMBER), KeyStatus.INVALID)).containsExactly("pool.key_status openai done");

        assertThat(test.vault().pool().list(OWNER).get(0).status()).isEqualTo(KeyStatus.INVALID);
        Actor rival = actor(RIVAL, Role.MEMBER);
        assertThat(test.eventsOf(() -> test.vault().upstreamKeys().report(rival, poolKey(rival), KeyStatus.VALID)))
                .isEmpty();
        assertThat(test.rows("SELECT action FROM audit_events WHERE tenant = 'rival' AND action = 'pool.key_status'"))
                .hasSize(1);
        assertThat(test.vault().pool().list(OWNER).get(0).status()).isEqualTo(KeyStatus.VALID);
        assertThat(test.vault().audit().verify(RIVAL).clean()).isTrue();
    }

    @Test
    void oneThatWorksAfterAllIsValidAgain() {
        said(tenantKey(), KeyStatus.INVALID);
        assertThat(said(tenantKey(), KeyStatus.VALID)).hasSize(1);
        assertThat(shown().status()).isEqualTo(KeyStatus.VALID);
    }

    @Test
    void whatIsKnownAlreadyIsNoNews() {
        for (OpenedKey used : List.of(tenantKey(), configurationKey(), poolKey(MEMBER))) {
            assertThat(said(used, KeyStatus.INVALID)).hasSize(1);
            assertThat(said(used, KeyStatus.INVALID)).isEmpty();
        }
        for (OpenedKey used : List.of(tenantKey(), configurationKey(), poolKey(MEMBER))) {
            assertThat(said(used, KeyStatus.INVALID)).isEmpty();
        }
    }

    @Test
    void whatIsSaidOfAKeyIsNotSaidOfTheOneInItsPlace() {
        OpenedKey tenants = tenantKey();
        OpenedKey configurations = configurationKey();
        OpenedKey pools = poolKey(MEMBER);
        test.vault()
                .secrets()
                .update(OWNER, TENANT_KEY, new SecretChange(SecretValue.of("sk-tenant-second"), null, null));
        test.vault().llmKeys().set(OWNER, CHAT, SecretValue.of("sk-configured-second"));
        test.clock.advance(Duration.ofSeconds(1));
        test.vault().pool().set(OWNER, "openai", SecretValue.of("sk-pool-second"));

        for (OpenedKey used : List.of(tenants, configurations, pools)) {
            assertThat(said(used, KeyStatus.INVALID)).isEmpty();
        }

        for (OpenedKey present : List.of(tenantKey(), configurationKey(), poolKey(MEMBER))) {
            assertThat(present.status()).isEqualTo(KeyStatus.UNVERIFIED);
        }
    }

    /** The first version of a secret that was made anew under the name is another key. */
    @Test
    void whatIsSaidOfAKeyThatWasDeletedIsNotSaidOfOneThatWasMadeSince() {
        OpenedKey tenants = tenantKey();
        OpenedKey configurations = configurationKey();
        OpenedKey pools = poolKey(MEMBER);
        test.vault().secretHistory().delete(OWNER, TENANT_KEY);
        test.vault().llmConfigurations().delete(OWNER, CHAT);
        test.vault().pool().remove(OWNER, "openai");
        for (OpenedKey used : List.of(tenants, configurations, pools)) {
            assertThat(said(used, KeyStatus.INVALID)).isEmpty();
        }

        test.create(TENANT_KEY.value(), "sk-tenant-anew");
        configure();
        test.clock.advance(Duration.ofSeconds(1));
        test.vault().pool().set(OWNER, "openai", SecretValue.of("sk-pool-anew"));
        assertThat(tenantKey().version()).isEqualTo(tenants.version());
        for (OpenedKey used : List.of(tenants, configurations, pools)) {
            assertThat(said(used, KeyStatus.INVALID)).isEmpty();
        }
    }

    @Test
    void nobodySaysAnythingOfAnotherTenantsKeys() {
        OpenedKey tenants = tenantKey();
        OpenedKey configurations = configurationKey();
        test.vault().upstreamKeys().report(STRANGER, tenants, KeyStatus.INVALID);
        test.vault().upstreamKeys().report(STRANGER, configurations, KeyStatus.INVALID);
        assertThat(tenantKey().status()).isEqualTo(KeyStatus.UNVERIFIED);
        assertThat(configurationKey().status()).isEqualTo(KeyStatus.UNVERIFIED);
    }

    @Test
    void aStatusIsNotWrittenWithoutItsEvent() throws SQLException {
        List<OpenedKey> all = List.of(tenantKey(), configurationKey(), poolKey(MEMBER));
        test.execute("CREATE TRIGGER no_more BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'full'); END");
        for (OpenedKey used : all) {
            assertThat(refusal(() -> said(used, KeyStatus.INVALID)).code()).isEqualTo(ErrorCode.VAULT_UNAVAILABLE);
        }
        assertThat(test.rows("SELECT key_status FROM secrets UNION SELECT key_status FROM llm_keys UNION"
                        + " SELECT key_status FROM pool_keys"))
                .containsExactly("unverified");
    }
}
