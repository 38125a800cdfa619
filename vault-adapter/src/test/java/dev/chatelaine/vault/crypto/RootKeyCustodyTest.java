package dev.chatelaine.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.VaultFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault and the key that it is opened with. */
class RootKeyCustodyTest {
    @TempDir
    Path folder;

    private VaultFolder files;
    private String keyId;

    @BeforeEach
    void vaultWithASecret() {
        files = new VaultFolder(folder);
        try (Vault vault = files.open()) {
            VaultFolder.create(vault, VaultFolder.owner(vault, "acme"), "name", "value");
        }
        keyId = KeyIds.text(files.number("SELECT root_key_id FROM vault"));
    }

    @Test
    void withoutItsKeyFileItNamesTheKeyAndMakesNoOther() throws Exception {
        Files.move(files.rootKey(), folder.resolve("away.key"));
        String before = files.database().content();

        assertRefused(new KeyFile(files.rootKey()));
        assertThat(files.rootKey()).doesNotExist();
        assertThat(files.database().content()).isEqualTo(before);

        Files.move(folder.resolve("away.key"), files.rootKey());
        try (Vault vault = files.open()) {
            assertThat(VaultFolder.holds(vault, VaultFolder.owner(vault, "acme"), "name", "value"))
                    .isTrue();
        }
    }

    @Test
    void withAnotherVaultsKeyFileItNamesBothKeysAndLeavesTheFileAlone() throws Exception {
        KeyFile foreign = new KeyFile(folder.resolve("foreign.key"));
        String foreignId = KeyIds.text(foreign.create().primaryId());
        byte[] before = Files.readAllBytes(folder.resolve("foreign.key"));

        assertRefused(foreign);
        assertThatThrownBy(() -> files.open(foreign)).hasMessageContaining(foreignId);
        assertThat(Files.readAllBytes(folder.resolve("foreign.key"))).isEqualTo(before);
    }

    @Test
    void withAKeyFromTheEnvironmentThatIsNotItsOwnItNamesTheKey() {
        assertRefused(new EnvironmentRootKey(Base64.getEncoder().encodeToString(new byte[32])));
    }

    /** As after a change of single characters in the key file: the id is right and the key is not. */
    @Test
    void withItsKeyAlteredUnderTheSameIdItNamesTheKey() throws Exception {
        String json = Files.readString(files.rootKey());
        int at = json.indexOf("\"value\":\"") + 20;
        char other = json.charAt(at) == 'A' ? 'B' : 'A';
        Files.writeString(files.rootKey(), json.substring(0, at) + other + json.substring(at + 1));
        assertRefused(new KeyFile(files.rootKey()));
    }

    @Test
    void withItsProofAlteredAnywhereItIsRefused() {
        byte[] proof = Base64.getDecoder()
                .decode(Base64.getEncoder()
                        .encodeToString(java.util.HexFormat.of()
                                .parseHex(files.texts("SELECT hex(root_check) FROM vault")
                                        .get(0))));
        for (int bit = 0; bit < proof.length * 8; bit += 5) {
            files.sql("UPDATE vault SET root_check = x'"
                    + java.util.HexFormat.of().formatHex(SealingTest.flipped(proof, bit)) + "'");
            assertThat(SealingTest.refusal(files::open)).isIn(ErrorCode.VAULT_UNAVAILABLE, ErrorCode.INTEGRITY_FAILED);
        }
    }

    @Test
    void withItsOwnRecordGoneItIsNotBegunAnew() {
        files.sql("DELETE FROM vault");
        assertThat(SealingTest.refusal(files::open)).isEqualTo(ErrorCode.INTEGRITY_FAILED);
        assertThat(files.number("SELECT COUNT(*) FROM vault")).isZero();
        assertThat(files.number("SELECT COUNT(*) FROM secrets")).isEqualTo(1);
    }

    @Test
    void aKeyLeftByAStartThatFailedIsTheKeyOfTheNextStart() throws Exception {
        VaultFolder fresh = new VaultFolder(folder.resolve("fresh"));
        long id = new KeyFile(fresh.rootKey()).create().primaryId();
        fresh.open().close();
        assertThat(fresh.number("SELECT root_key_id FROM vault")).isEqualTo(id);
    }

    private void assertRefused(RootKeySource source) {
        assertThatThrownBy(() -> files.open(source)).isInstanceOfSatisfying(VaultException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.VAULT_UNAVAILABLE);
            assertThat(e.text()).contains(keyId).contains(source.location());
        });
    }
}
