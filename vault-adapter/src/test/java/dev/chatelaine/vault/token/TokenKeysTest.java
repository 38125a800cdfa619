package dev.chatelaine.vault.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.TestDatabase;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.VaultOptions;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.KeyFile;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.provider.PrivateEndpoints;
import dev.chatelaine.vault.verify.VerificationStatus;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenKeysTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private Vault vault;
    private Actor operator;

    @BeforeEach
    void open() {
        vault = open(START);
        operator = new Actor("someone", new TenantId("acme"), Set.of(Role.OWNER), Channel.CLI, null);
        vault.tenants().ensure(operator, "pro");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void noKeyIsThereBeforeTheFirstToken() {
        assertThat(vault.tokenKeys().verifying()).isEmpty();
    }

    @Test
    void aSignatureIsProvenByThePublishedKey() {
        Signed signed = issue(vault);

        assertThat(signed.isBy(vault.tokenKeys().verifying().get(0))).isTrue();
    }

    @Test
    void anotherProcessSignsWithTheSameKeyAndProvesTheFirstOnesTokens() {
        Signed first = issue(vault);
        try (Vault other = open(START)) {
            assertThat(issue(other).keyId()).isEqualTo(first.keyId());
            assertThat(first.isBy(other.tokenKeys().verifying().get(0))).isTrue();
        }
    }

    @Test
    void afterARotationTheNewKeySignsAndTheOldOneProvesItsTokensUntilTheyHaveExpired() {
        Signed old = issue(vault);

        TokenKey next = vault.tokenKeys().rotate(operator);

        assertThat(issue(vault).keyId()).isEqualTo(next.id());
        assertThat(verifyingAt(START.plus(HOUR).plusSeconds(59))).containsExactly(old.keyId(), next.id());
        assertThat(verifyingAt(START.plus(HOUR).plusSeconds(60))).containsExactly(next.id());
    }

    @Test
    void aRotationDestroysThePrivatePartOfTheOldKey() {
        issue(vault);
        vault.tokenKeys().rotate(operator);

        assertThat(texts("SELECT id FROM token_keys WHERE sealed_private IS NOT NULL"))
                .containsExactly(issue(vault).keyId());
    }

    @Test
    void revokingForgetsEveryOlderKeyAtOnceInEveryProcess() {
        try (Vault other = open(START)) {
            issue(other);
            assertThat(other.tokenKeys().verifying()).hasSize(1);

            TokenKey next = vault.tokenKeys().revoke(operator);

            assertThat(other.tokenKeys().verifying()).extracting(TokenKey::id).containsExactly(next.id());
        }
    }

    @Test
    void aKeyThatHasSignedFor90DaysIsFollowedByANewOne() {
        Signed first = issue(vault);
        try (Vault later = open(START.plus(TokenKeys.SIGNS_FOR).minusMillis(1))) {
            assertThat(issue(later).keyId()).isEqualTo(first.keyId());
        }
        try (Vault later = open(START.plus(TokenKeys.SIGNS_FOR))) {
            assertThat(issue(later).keyId()).isNotEqualTo(first.keyId());
        }
    }

    @Test
    void theRootKeysRotationSealsTheKeysAnewAndTheyStillSignAndProve() {
        Signed old = issue(vault);
        vault.tokenKeys().rotate(operator);

        long rootKey =
                vault.rootRotation().rotate(operator, (done, whole) -> {}).keyId();

        assertThat(texts("SELECT DISTINCT root_key_id FROM token_keys")).containsExactly(Long.toString(rootKey));
        try (Vault other = open(START)) {
            List<TokenKey> keys = other.tokenKeys().verifying();
            assertThat(keys).hasSize(2).anyMatch(old::isBy).anyMatch(issue(other)::isBy);
        }
    }

    @Test
    void anotherRecordsPublicKeyIsNotTakenForThisOnes() {
        issue(vault);
        vault.tokenKeys().rotate(operator);
        sql("UPDATE token_keys SET sealed_public = (SELECT sealed_public FROM token_keys WHERE signing = 1)");

        assertThatThrownBy(() -> vault.tokenKeys().verifying())
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTEGRITY_FAILED));
    }

    @Test
    void neitherPartOfAKeyIsReadableOnDisk() {
        issue(vault);
        byte[] encoded = vault.tokenKeys().verifying().get(0).publicKey().getEncoded();
        String hex = java.util.HexFormat.of().withUpperCase().formatHex(encoded);

        assertThat(texts("SELECT hex(sealed_public) || hex(sealed_private) FROM token_keys"))
                .noneMatch(text -> text.contains(hex));
    }

    @Test
    void aTokenForATenantThatIsNotThereIsNotSignedAndLeavesNoKey() {
        assertThatThrownBy(() -> issue(vault, operator.in(new TenantId("nobody"))))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TENANT_NOT_FOUND));
        assertThat(vault.tokenKeys().verifying()).isEmpty();
    }

    @Test
    void everyTokenAndEveryChangeOfKeysIsInTheAudit() {
        issue(vault);
        vault.tokenKeys().rotate(operator);
        vault.tokenKeys().revoke(operator);

        assertThat(texts("SELECT action FROM audit_events WHERE action LIKE 'token%' ORDER BY sequence"))
                .containsExactly("token_key.create", "token.issue", "token_key.rotate", "token_key.revoke");
    }

    @Test
    void theSignerIsOfNoUseOnceTheCallIsOver() {
        List<TokenSigner> kept = new ArrayList<>();
        vault.tokenKeys().issue(operator, "ada", START, signer -> {
            kept.add(signer);
            return "";
        });

        assertThatThrownBy(() -> kept.get(0).sign(new byte[1])).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void processesThatSignTheirFirstTokenAtOnceMakeOneKey() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Vault other = open(START)) {
            List<Callable<String>> work = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Vault one = i % 2 == 0 ? vault : other;
                work.add(() -> issue(one).keyId());
            }
            Set<String> ids = new java.util.HashSet<>();
            for (Future<String> id : threads.invokeAll(work)) {
                ids.add(id.get());
            }
            assertThat(ids).hasSize(1);
        } finally {
            threads.shutdown();
        }
    }

    private record Signed(String keyId, String signature) {
        boolean isBy(TokenKey key) {
            try {
                Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
                check.initVerify(key.publicKey());
                check.update("input".getBytes(UTF_8));
                return keyId.equals(key.id())
                        && check.verify(Base64.getDecoder().decode(signature));
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    }

    private Signed issue(Vault with) {
        return issue(with, operator);
    }

    private static Signed issue(Vault with, Actor operator) {
        String[] token = with.tokenKeys()
                .issue(
                        operator,
                        "ada",
                        START.plus(HOUR),
                        signer -> signer.keyId() + " "
                                + Base64.getEncoder().encodeToString(signer.sign("input".getBytes(UTF_8))))
                .split(" ", -1);
        return new Signed(token[0], token[1]);
    }

    private List<String> verifyingAt(Instant moment) {
        try (Vault later = open(moment)) {
            return later.tokenKeys().verifying().stream().map(TokenKey::id).toList();
        }
    }

    private Vault open(Instant at) {
        return Vault.open(new VaultOptions(
                database().location(),
                new KeyFile(folder.resolve("config/root.key")),
                Catalog.builtIn(),
                new EndpointPolicy(true, PrivateEndpoints.none()),
                (provider, baseUrl, key) -> VerificationStatus.UNSUPPORTED,
                Clock.fixed(at, ZoneOffset.UTC),
                new SecureRandom()));
    }

    private void sql(String statement) {
        database().sql(statement);
    }

    private List<String> texts(String query) {
        return database().texts(query);
    }

    private TestDatabase database() {
        return TestDatabase.of(folder.resolve("vault.db"));
    }
}
