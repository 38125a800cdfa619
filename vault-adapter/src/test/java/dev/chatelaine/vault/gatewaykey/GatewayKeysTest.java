package dev.chatelaine.vault.gatewaykey;

import static dev.chatelaine.vault.TestVault.ACME;
import static dev.chatelaine.vault.TestVault.OWNER;
import static dev.chatelaine.vault.TestVault.STRANGER;
import static dev.chatelaine.vault.TestVault.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Expected;
import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.usage.KeyMeters;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayKeysTest {
    private static final GatewayKeyName JOBS = new GatewayKeyName("jobs");

    @RegisterExtension
    final TestVault test = new TestVault();

    private GatewayKeys keys;

    @BeforeEach
    void keys() {
        keys = test.vault().gatewayKeys();
    }

    private IssuedGatewayKey make(String name) {
        return keys.create(OWNER, new NewGatewayKey(new GatewayKeyName(name), null, null, null, null));
    }

    private IssuedGatewayKey jobs() {
        return keys.create(
                OWNER,
                new NewGatewayKey(
                        JOBS,
                        List.of("openai/*", "gemini/gemini-2.5-pro"),
                        5_000_000L,
                        "anthropic/claude-haiku-4-5",
                        test.clock.instant().plus(Duration.ofDays(1))));
    }

    private boolean works(String secret) {
        return keys.authenticate(secret).isPresent();
    }

    private GatewayKey change(GatewayKeyChange change) {
        return keys.change(OWNER, JOBS, change, Expected.ANY);
    }

    @Test
    void aKeyIsShownOnceAndKeptAsAHash() {
        IssuedGatewayKey issued = jobs();
        assertThat(issued.secret()).matches("ck_[A-Za-z0-9_-]{43}");
        assertThat(issued.toString()).doesNotContain(issued.secret());
        GatewayKey key = keys.get(OWNER, JOBS);
        assertThat(key).isEqualTo(issued.key());
        assertThat(key.id()).matches("gwk_[0-9a-z]{26}");
        assertThat(issued.secret()).endsWith(key.hint());
        assertThat(key.hint()).hasSize(4);
        assertThat(key.allowedModels()).isEqualTo(new ModelPatterns(List.of("openai/*", "google/gemini-2.5-pro")));
        assertThat(key.fallbackModel()).isEqualTo("anthropic/claude-haiku-4-5");
        assertThat(Objects.requireNonNull(key.spend()).cap()).isEqualTo(5_000_000);
        assertThat(key.createdBy()).isEqualTo("anna");
        assertThat(key.revision()).isEqualTo(1);
        assertThat(key.intact()).isTrue();
        assertThat(keys.get(OWNER, new GatewayKeyName(key.id()))).isEqualTo(key);
    }

    @Test
    void whoShowsItIsLetInAsTheKeyWithWhatAMemberMay() {
        GatewayAccess access = keys.authenticate(jobs().secret()).orElseThrow();
        assertThat(access.tenant()).isEqualTo(ACME);
        assertThat(access.name()).isEqualTo(JOBS);
        assertThat(access.allows("openai/o3")).isTrue();
        assertThat(access.allows("anthropic/claude-haiku-4-5")).isFalse();
        assertThat(access.actor().subject()).isEqualTo(access.keyId());
        assertThat(access.actor().channel()).isEqualTo(Channel.GATEWAY);
        assertThat(access.actor().may(Permission.LLM_INVOKE)).isTrue();
        assertThat(access.actor().may(Permission.GATEWAY_KEYS_MANAGE)).isFalse();
        assertThat(access.payer().keyId()).isEqualTo(access.keyId());
        assertThat(keys.authenticate(make("free").secret()).orElseThrow().allows("groq/anything"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ck_", "ck_short", "sk-ant-api03-x", "ck_' OR '1'='1", "ck_ \n", "CK_"})
    void whatIsNoKeyLetsNobodyIn(String text) {
        jobs();
        assertThat(works(text)).isFalse();
        assertThat(works("ck_" + "A".repeat(43))).isFalse();
        assertThat(works("ck_" + "A".repeat(1_000_000))).isFalse();
    }

    @Test
    void aPieceOfAKeyOrMoreThanItLetsNobodyIn() {
        String secret = jobs().secret();
        assertThat(works(secret)).isTrue();
        assertThat(works(secret.substring(0, secret.length() - 1))).isFalse();
        assertThat(works(secret + "A")).isFalse();
        assertThat(works(" " + secret)).isFalse();
        assertThat(works(secret.substring(3))).isFalse();
    }

    @Test
    void itWorksUntilItsEnd() {
        String secret = jobs().secret();
        test.clock.advance(Duration.ofDays(1).minusMillis(1));
        assertThat(works(secret)).isTrue();
        test.clock.advance(Duration.ofMillis(1));
        assertThat(works(secret)).isFalse();
        change(new GatewayKeyChange(null, null, null, null, new Given<>(null)));
        assertThat(works(secret)).isTrue();
    }

    @Test
    void aRotatedKeyWorksThroughItsGraceAndNoLonger() {
        String first = jobs().secret();
        IssuedGatewayKey second = keys.rotate(OWNER, JOBS, Duration.ofHours(1));
        assertThat(second.secret()).isNotEqualTo(first).endsWith(second.key().hint());
        assertThat(second.key().revision()).isEqualTo(2);
        assertThat(works(first)).isTrue();
        assertThat(works(second.secret())).isTrue();
        test.clock.advance(Duration.ofHours(1));
        assertThat(works(first)).isFalse();
        assertThat(works(second.secret())).isTrue();
        String third = keys.rotate(OWNER, JOBS, Duration.ZERO).secret();
        assertThat(works(second.secret())).isFalse();
        assertThat(works(third)).isTrue();
        assertThat(test.rows("SELECT hash FROM gateway_key_secrets")).hasSize(1);
    }

    @Test
    void aRotationNeverLengthensAnOldGraceAndMayEndIt() {
        String first = jobs().secret();
        String second = keys.rotate(OWNER, JOBS, Duration.ofHours(1)).secret();
        String third = keys.rotate(OWNER, JOBS, Duration.ofHours(2)).secret();
        test.clock.advance(Duration.ofMinutes(61));
        assertThat(works(first)).isFalse();
        assertThat(works(second)).isTrue();
        keys.rotate(OWNER, JOBS, Duration.ZERO);
        assertThat(works(second)).isFalse();
        assertThat(works(third)).isFalse();
        assertThat(refusal(() -> keys.rotate(OWNER, JOBS, Duration.ofSeconds(-1)))
                        .field())
                .isEqualTo("grace_seconds");
        assertThat(refusal(() -> keys.rotate(OWNER, JOBS, GatewayKeys.LONGEST_GRACE.plusMillis(1)))
                        .field())
                .isEqualTo("grace_seconds");
    }

    @Test
    void aDeletedKeyIsGoneAtOnceOnEveryNodeAndItsNameIsFree() {
        String secret = jobs().secret();
        String old = keys.rotate(OWNER, JOBS, Duration.ofDays(1)).secret();
        try (Vault other = test.another()) {
            assertThat(other.gatewayKeys().authenticate(secret)).isPresent();
            keys.delete(OWNER, JOBS);
            assertThat(other.gatewayKeys().authenticate(secret)).isEmpty();
            assertThat(other.gatewayKeys().authenticate(old)).isEmpty();
        }
        assertThat(refusal(() -> keys.get(OWNER, JOBS)).code()).isEqualTo(ErrorCode.GATEWAY_KEY_NOT_FOUND);
        assertThat(refusal(() -> keys.delete(OWNER, JOBS)).code()).isEqualTo(ErrorCode.GATEWAY_KEY_NOT_FOUND);
        assertThat(keys.list(OWNER, GatewayKeyQuery.all()).keys()).isEmpty();
        assertThat(works(jobs().secret())).isTrue();
        assertThat(works(secret)).isFalse();
    }

    @Test
    void aChangeIsInForceForTheNextRequestAndLeavesTheRest() {
        String secret = jobs().secret();
        GatewayKey changed = change(new GatewayKeyChange(
                new GatewayKeyName("nightly"),
                new Given<>(List.of("mistral/*")),
                new Given<>(null),
                new Given<>(null),
                null));
        assertThat(changed.name().value()).isEqualTo("nightly");
        assertThat(Objects.requireNonNull(changed.spend()).cap()).isNull();
        assertThat(changed.fallbackModel()).isNull();
        assertThat(changed.expiresAt()).isEqualTo(test.clock.instant().plus(Duration.ofDays(1)));
        assertThat(keys.get(OWNER, new GatewayKeyName("nightly"))).isEqualTo(changed);
        GatewayAccess access = keys.authenticate(secret).orElseThrow();
        assertThat(access.allows("openai/o3")).isFalse();
        assertThat(access.allows("mistral/large")).isTrue();
        assertThat(refusal(() -> keys.change(
                                OWNER,
                                new GatewayKeyName("nightly"),
                                GatewayKeyChange.cap(1L),
                                new Expected(Set.of(1L))))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(refusal(() -> new GatewayKeyChange(null, null, null, null, null))
                        .code())
                .isEqualTo(ErrorCode.INVALID_FIELD);
    }

    @Test
    void whoeverSawAnOlderRevisionNeitherRotatesNorDeletes() {
        Expected first = new Expected(Set.of(jobs().key().revision()));
        String second = keys.rotate(OWNER, JOBS, Duration.ZERO, first).secret();
        assertThat(refusal(() -> keys.rotate(OWNER, JOBS, Duration.ZERO, first)).code())
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(refusal(() -> keys.delete(OWNER, JOBS, first)).code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(works(second)).isTrue();
        keys.delete(OWNER, JOBS, new Expected(Set.of(2L)));
        assertThat(works(second)).isFalse();
    }

    @Test
    void namesAreUniqueAmongTheLivingOfATenant() {
        jobs();
        make("other");
        assertThat(refusal(() -> make("jobs")).code()).isEqualTo(ErrorCode.GATEWAY_KEY_EXISTS);
        assertThat(refusal(() -> keys.change(
                                OWNER,
                                new GatewayKeyName("other"),
                                new GatewayKeyChange(JOBS, null, null, null, null),
                                Expected.ANY))
                        .code())
                .isEqualTo(ErrorCode.GATEWAY_KEY_EXISTS);
        keys.create(STRANGER, new NewGatewayKey(JOBS, null, null, null, null));
    }

    @Test
    void whatCannotBeAKeyIsRefusedAndNamed() {
        Instant past = test.clock.instant();
        assertField("expires_at", new NewGatewayKey(JOBS, null, null, null, past));
        assertField("expires_at", new NewGatewayKey(JOBS, null, null, null, Instant.MAX));
        assertField("spend_cap_micro_usd", new NewGatewayKey(JOBS, null, -1L, null, null));
        assertField("spend_cap_micro_usd", new NewGatewayKey(JOBS, null, KeyMeters.HIGHEST_CAP + 1, null, null));
        assertField("allowed_models", new NewGatewayKey(JOBS, List.of(), null, null, null));
        assertField("fallback_model", new NewGatewayKey(JOBS, null, null, "nobody/model", null));
        assertField("fallback_model", new NewGatewayKey(JOBS, null, null, "", null));
        assertThat(refusal(() -> new GatewayKeyName("two words")).code()).isEqualTo(ErrorCode.INVALID_NAME);
        assertThat(refusal(() -> keys.create(
                                OWNER,
                                new NewGatewayKey(new GatewayKeyName("ck_" + "a1".repeat(21)), null, null, null, null)))
                        .code())
                .isEqualTo(ErrorCode.VALUE_IN_WRONG_FIELD);
        assertThat(test.rows("SELECT id FROM gateway_keys")).isEmpty();
    }

    private void assertField(String field, NewGatewayKey asked) {
        VaultException refused = refusal(() -> keys.create(OWNER, asked));
        assertThat(refused.field()).isEqualTo(field);
    }

    @Test
    void listsGoOnWhereTheyEnded() {
        for (String name : List.of("b", "a", "C", "d-1", "e")) {
            make(name);
        }
        keys.delete(OWNER, new GatewayKeyName("e"));
        List<String> all = new ArrayList<>();
        String cursor = null;
        do {
            GatewayKeyPage page = keys.list(OWNER, new GatewayKeyQuery(2, cursor));
            page.keys().forEach(key -> all.add(key.name().value()));
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(all).containsExactly("C", "a", "b", "d-1");
        assertThat(refusal(() -> keys.list(OWNER, new GatewayKeyQuery(2, "%%%")))
                        .field())
                .isEqualTo("cursor");
        assertThat(refusal(() -> new GatewayKeyQuery(201, null)).field()).isEqualTo("limit");
    }

    @Test
    void anotherTenantHasNoSuchKey() {
        GatewayKeyName id = new GatewayKeyName(jobs().key().id());
        for (GatewayKeyName name : List.of(JOBS, id)) {
            assertThat(refusal(() -> keys.get(STRANGER, name)).code()).isEqualTo(ErrorCode.GATEWAY_KEY_NOT_FOUND);
            assertThat(refusal(() -> keys.rotate(STRANGER, name, Duration.ZERO)).code())
                    .isEqualTo(ErrorCode.GATEWAY_KEY_NOT_FOUND);
            assertThat(refusal(() -> keys.delete(STRANGER, name)).code()).isEqualTo(ErrorCode.GATEWAY_KEY_NOT_FOUND);
            assertThat(refusal(() -> keys.change(STRANGER, name, GatewayKeyChange.cap(1L), Expected.ANY))
                            .code())
                    .isEqualTo(ErrorCode.GATEWAY_KEY_NOT_FOUND);
        }
        assertThat(keys.list(STRANGER, GatewayKeyQuery.all()).keys()).isEmpty();
    }

    @Test
    void askingWhatTheKeyMayNotIsAnEvent() {
        GatewayAccess access = keys.authenticate(jobs().secret()).orElseThrow();
        keys.requireAllowed(access, "openai/o3");
        List<String> events = test.eventsOf(() -> assertThat(
                        refusal(() -> keys.requireAllowed(access, "groq/llama")).code())
                .isEqualTo(ErrorCode.MODEL_NOT_ALLOWED));
        assertThat(events).containsExactly("llm.invoke groq/llama denied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE gateway_keys SET allowed_models = NULL",
                "UPDATE gateway_keys SET allowed_models = '*'",
                "UPDATE gateway_keys SET expires_at = NULL",
                "UPDATE gateway_keys SET fallback_model = 'openai/o1-pro'",
                "UPDATE gateway_keys SET name = 'no name' WHERE name = 'jobs'",
                "UPDATE gateway_keys SET mac = zeroblob(37)",
                "UPDATE gateway_key_secrets SET mac = zeroblob(37)",
                "UPDATE gateway_key_secrets SET expires_at = 99999999999999",
                "UPDATE gateway_key_secrets SET key_id = (SELECT id FROM gateway_keys WHERE name = 'other')"
            })
    void aRowThatWasChangedPastTheVaultLetsNobodyIn(String change) throws SQLException {
        make("other");
        String secret = jobs().secret();
        test.execute(change);
        assertThat(works(secret)).isFalse();
    }

    @Test
    void aSecretThatWasPlantedLetsNobodyIn() throws SQLException {
        jobs();
        String planted = "ck_" + "B".repeat(43);
        test.execute("INSERT INTO gateway_key_secrets SELECT '"
                + dev.chatelaine.vault.crypto.Credential.hash(planted)
                + "', key_id, tenant, expires_at, mac FROM gateway_key_secrets");
        assertThat(works(planted)).isFalse();
    }

    @Test
    void aChangedRowIsShownAsSuchAndCanOnlyBeDeleted() throws SQLException {
        jobs();
        test.execute("UPDATE gateway_keys SET allowed_models = NULL");
        assertThat(keys.list(OWNER, GatewayKeyQuery.all()).keys().get(0).intact())
                .isFalse();
        assertThat(refusal(() -> change(GatewayKeyChange.cap(1L))).code()).isEqualTo(ErrorCode.INTEGRITY_FAILED);
        assertThat(refusal(() -> keys.rotate(OWNER, JOBS, Duration.ZERO)).code())
                .isEqualTo(ErrorCode.INTEGRITY_FAILED);
        assertThat(keys.delete(OWNER, JOBS).intact()).isFalse();
    }

    @Test
    void keysWorkAfterRotationsOfTheTenantAndOfTheRoot() {
        String secret = jobs().secret();
        test.vault().tenantRotation().rotate(OWNER, (done, whole) -> {});
        test.vault().rootRotation().rotate(OWNER, (done, whole) -> {});
        test.reopen();
        assertThat(test.vault().gatewayKeys().authenticate(secret)).isPresent();
    }
}
