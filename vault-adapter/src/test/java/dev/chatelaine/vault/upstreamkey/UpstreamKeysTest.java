package dev.chatelaine.vault.upstreamkey;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.STRANGER;
import static dev.chatelaine.vault.TestVault.actor;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.llm.ConfigurationChange;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.LlmConfiguration;
import dev.chatelaine.vault.llm.ModelName;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.provider.Provider;
import dev.chatelaine.vault.provider.ProviderId;
import dev.chatelaine.vault.secret.SecretChange;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.upstreamkey.KeyChoice.OfConfiguration;
import dev.chatelaine.vault.upstreamkey.KeyChoice.OfPool;
import dev.chatelaine.vault.upstreamkey.KeyChoice.OfTenant;
import dev.chatelaine.vault.usage.Payer;
import dev.chatelaine.vault.usage.Requests;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamKeysTest {
    private static final Catalog CATALOG = Catalog.builtIn();
    private static final Provider OPENAI = CATALOG.provider("openai");
    private static final Provider MISTRAL = CATALOG.provider("mistral");
    private static final ConfigurationName CHAT = new ConfigurationName("chat");
    private static final SecretName TENANT_KEY = new SecretName("provider_key_openai");
    private static final Actor MEMBER = actor(ACME, Role.MEMBER);

    @RegisterExtension
    final TestVault test = new TestVault();

    private final Opening opening = new Opening(test);
    private UpstreamKeys keys;

    @BeforeEach
    void aKeyEverywhere() {
        keys = test.vault().upstreamKeys();
        test.create(TENANT_KEY.value(), "sk-tenant-0123456789abcdef");
        test.configure("chat");
        test.vault().llmKeys().set(OWNER, CHAT, SecretValue.of("sk-configured-0123456789"));
        test.vault().pool().set(OWNER, "openai", SecretValue.of("sk-pool-0123456789abcdef"));
    }

    private LlmConfiguration chat() {
        return test.vault().llmConfigurations().get(OWNER, CHAT);
    }

    private Optional<OpenedKey> open(KeyChoice choice) {
        return opening.of(MEMBER, choice);
    }

    private @Nullable SecretValue opened(KeyChoice choice) {
        return open(choice).map(OpenedKey::value).orElse(null);
    }

    private void change(ConfigurationChange change) {
        test.vault().llmConfigurations().update(OWNER, CHAT, change);
    }

    private void replaceTenantKey(String value) {
        test.vault().secrets().update(OWNER, TENANT_KEY, new SecretChange(SecretValue.of(value), null, null));
    }

    @Test
    void atHandIsWhatTheTenantAndThePoolHaveOfTheProvidersAskedFor() {
        test.create("provider_key_groq", "gsk_0123456789abcdef");
        test.create("provider_key_mistral", "0123456789abcdef");
        test.vault().secretHistory().delete(OWNER, new SecretName("provider_key_mistral"));
        test.vault().pool().set(OWNER, "mistral", SecretValue.of("another-0123456789"));
        Collection<Provider> asked = List.of(OPENAI, MISTRAL, CATALOG.provider("custom"));

        KeysAtHand found = keys.atHand(MEMBER, asked);

        assertThat(found.plan().name()).isEqualTo("pro");
        assertThat(found.tenant()).containsExactly(OPENAI.id());
        assertThat(found.pool()).containsExactlyInAnyOrder(OPENAI.id(), MISTRAL.id());
        assertThat(keys.atHand(STRANGER, asked).tenant()).isEmpty();
        assertThat(keys.atHand(STRANGER, asked).pool()).hasSize(2);
        assertThat(keys.atHand(MEMBER, List.of()))
                .isEqualTo(new KeysAtHand(found.plan(), Set.<ProviderId>of(), Set.<ProviderId>of()));
    }

    @Test
    void onAPlanWithoutKeysOfItsOwnOnlyThePoolIsAtHandAndOpens() {
        test.downgrade();

        KeysAtHand found = keys.atHand(MEMBER, List.of(OPENAI));

        assertThat(found.plan().name()).isEqualTo("starter");
        assertThat(found.tenant()).isEmpty();
        assertThat(found.pool()).containsExactly(OPENAI.id());
        assertThat(open(new OfTenant(OPENAI))).isEmpty();
        assertThat(open(new OfConfiguration(chat()))).isEmpty();
        assertThat(open(new OfPool(OPENAI.id()))).isPresent();
    }

    @Test
    void eachKeyIsOpenedWithItsEventAndItsUse() {
        assertThat(test.eventsOf(() -> assertThat(opened(new OfTenant(OPENAI)))
                        .isEqualTo(SecretValue.of("sk-tenant-0123456789abcdef"))))
                .containsExactly("secret.reveal provider_key_openai done");
        assertThat(test.eventsOf(() -> assertThat(opened(new OfConfiguration(chat())))
                        .isEqualTo(SecretValue.of("sk-configured-0123456789"))))
                .containsExactly("llm.reveal chat done");
        assertThat(test.eventsOf(() -> assertThat(opened(new OfPool(OPENAI.id())))
                        .isEqualTo(SecretValue.of("sk-pool-0123456789abcdef"))))
                .containsExactly("pool.reveal openai done");
        assertThat(tenantKeyUsed()).isEqualTo(now());
        assertThat(configurationKeyUsed()).isEqualTo(now());
        assertThat(test.vault().audit().verify(ACME).clean()).isTrue();
    }

    private String tenantKeyUsed() {
        return test.rows("SELECT last_used_at FROM secrets WHERE name = 'provider_key_openai'")
                .get(0);
    }

    private String configurationKeyUsed() {
        return test.rows("SELECT last_used_at FROM llm_keys").get(0);
    }

    private String now() {
        return Long.toString(test.clock.millis());
    }

    @Test
    void thatAKeyWasUsedIsWrittenDownOnceAMinute() {
        String first = now();
        open(new OfTenant(OPENAI));
        open(new OfConfiguration(chat()));
        test.clock.advance(Duration.ofSeconds(59));
        open(new OfTenant(OPENAI));
        open(new OfConfiguration(chat()));
        assertThat(List.of(tenantKeyUsed(), configurationKeyUsed())).containsOnly(first);
        test.clock.advance(Duration.ofSeconds(1));
        open(new OfTenant(OPENAI));
        open(new OfConfiguration(chat()));
        assertThat(List.of(tenantKeyUsed(), configurationKeyUsed())).containsOnly(now());
    }

    @Test
    void whatIsOpenedTellsWhatIsKnownOfItAndNotTheKey() {
        OpenedKey used = open(new OfTenant(OPENAI)).orElseThrow();

        assertThat(used.version()).isEqualTo(1);
        assertThat(used.status()).isEqualTo(KeyStatus.UNVERIFIED);
        assertThat(used.toString())
                .contains("OfTenant", "version=1", "unverified")
                .doesNotContain("sk-tenant", "SecretValue");
        replaceTenantKey("sk-tenant-fedcba9876543210");
        assertThat(open(new OfTenant(OPENAI)).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void aKeyThatIsGoneIsNotOpenedAndWritesNothing() {
        LlmConfiguration told = chat();
        test.vault().secretHistory().delete(OWNER, TENANT_KEY);
        test.vault().llmKeys().remove(OWNER, CHAT);
        test.vault().pool().remove(OWNER, "openai");

        assertThat(test.eventsOf(() -> {
                    assertThat(open(new OfTenant(OPENAI))).isEmpty();
                    assertThat(open(new OfConfiguration(told))).isEmpty();
                    assertThat(open(new OfPool(OPENAI.id()))).isEmpty();
                    assertThat(open(new OfTenant(CATALOG.provider("custom")))).isEmpty();
                }))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "deepseek, -, -",
                "-, gpt-4.1, -",
                "-, -, https://api.openai.com/v2",
                "-, -, https://llm.example.com/v1"
            })
    void aKeyGoesNowhereButWhereTheConfigurationSaysNow(
            @Nullable String provider, @Nullable String model, @Nullable String baseUrl) {
        LlmConfiguration told = chat();
        change(new ConfigurationChange(null, provider, model == null ? null : new ModelName(model), baseUrl, null));

        assertThat(test.eventsOf(
                        () -> assertThat(open(new OfConfiguration(told))).isEmpty()))
                .isEmpty();
    }

    @Test
    void aConfigurationIsKnownByItsIdWhateverItIsCalled() {
        LlmConfiguration told = chat();
        change(new ConfigurationChange(new ConfigurationName("talk"), null, null, null, List.of("openai/gpt-4.1")));
        assertThat(test.eventsOf(
                        () -> assertThat(open(new OfConfiguration(told))).isPresent()))
                .containsExactly("llm.reveal talk done");

        test.vault().llmConfigurations().delete(OWNER, new ConfigurationName("talk"));
        test.configure("chat");
        test.vault().llmKeys().set(OWNER, CHAT, SecretValue.of("sk-configured-anew"));
        assertThat(open(new OfConfiguration(told))).isEmpty();
        assertThat(opening.of(actor(TestVault.RIVAL, Role.MEMBER), new OfConfiguration(chat())))
                .isEmpty();
    }

    @Test
    void theKeyThatIsThereNowIsOpenedWhicheverTheCallerSaw() {
        LlmConfiguration told = chat();
        test.vault().llmKeys().set(OWNER, CHAT, SecretValue.of("sk-configured-second"));
        OpenedKey used = open(new OfConfiguration(told)).orElseThrow();
        assertThat(used.value()).isEqualTo(SecretValue.of("sk-configured-second"));
        assertThat(used.version()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE secret_versions SET sealed = zeroblob(length(sealed))",
                "UPDATE llm_keys SET sealed = (SELECT sealed FROM secret_versions)"
            })
    void aKeyThatWasChangedPastTheVaultDoesNotOpenAndWritesNothing(String change) throws SQLException {
        KeyChoice choice = change.startsWith("UPDATE llm_keys") ? new OfConfiguration(chat()) : new OfTenant(OPENAI);
        test.execute(change);
        assertThat(test.eventsOf(
                        () -> assertThat(refusal(() -> open(choice)).code()).isEqualTo(ErrorCode.INTEGRITY_FAILED)))
                .isEmpty();
        assertThat(test.rows("SELECT id FROM usage_reservations")).isEmpty();
    }

    @Test
    void whoMayMakeNoRequestsIsGivenNoKey() {
        Actor viewer = actor(ACME, Role.VIEWER);
        for (KeyChoice choice : List.of(new OfTenant(OPENAI), new OfConfiguration(chat()), new OfPool(OPENAI.id()))) {
            var ledger = test.vault().ledger();
            assertThat(refusal(() -> ledger.reserve(
                                    new Payer(MEMBER, null),
                                    ledger.newRequestId(),
                                    Requests.quote(1L),
                                    Requests.LIFE,
                                    tx -> keys.open(tx, viewer, choice)))
                            .code())
                    .isEqualTo(ErrorCode.PERMISSION_DENIED);
        }
    }

    @Test
    void aKeyIsOpenedInItsOwnTenantsTransactionOnly() {
        Actor rival = actor(TestVault.RIVAL, Role.MEMBER);
        var ledger = test.vault().ledger();
        assertThatThrownBy(() -> ledger.reserve(
                        new Payer(rival, null),
                        ledger.newRequestId(),
                        Requests.quote(1L),
                        Requests.LIFE,
                        tx -> keys.open(tx, MEMBER, new OfTenant(OPENAI))))
                .isInstanceOf(IllegalStateException.class);
    }
}
