package dev.chatelaine.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealingTest {
    private static final Place HERE = place("acme", Kind.SECRET, "sec_1", 1);

    private final TenantKeyring keyring = keyring("vlt_1");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 64, 300})
    void aValueWithAnyBitFlippedIsRefused(int length) {
        byte[] sealed = keyring.seal(SecretValue.of("v".repeat(length)), HERE).bytes();
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] flipped = flipped(sealed, bit);
            assertThat(refusal(() -> keyring.open(new SealedValue(flipped), HERE)))
                    .as("bit %d of a value of %d bytes", bit, length)
                    .isEqualTo(ErrorCode.INTEGRITY_FAILED);
        }
    }

    @Test
    void theLongestValueWithABitFlippedIsRefused() {
        byte[] sealed = keyring.seal(SecretValue.of("v".repeat(SecretValue.MAX_BYTES)), HERE)
                .bytes();
        for (int bit = 0; bit < sealed.length * 8; bit += 4093) {
            byte[] flipped = flipped(sealed, bit);
            assertThat(refusal(() -> keyring.open(new SealedValue(flipped), HERE)))
                    .isEqualTo(ErrorCode.INTEGRITY_FAILED);
        }
    }

    @Test
    void aValueCutShortOrMadeLongerIsRefused() {
        byte[] sealed =
                keyring.seal(SecretValue.of("a value of some length"), HERE).bytes();
        for (int length = 0; length < sealed.length + 3; length++) {
            byte[] other = java.util.Arrays.copyOf(sealed, length);
            if (length != sealed.length) {
                assertThat(refusal(() -> keyring.open(new SealedValue(other), HERE)))
                        .as("%d bytes", length)
                        .isEqualTo(ErrorCode.INTEGRITY_FAILED);
            }
        }
    }

    @Test
    void aValueOpensInItsOwnPlaceAndInNoOther() {
        List<Place> places = new ArrayList<>();
        for (String tenant : List.of("acme", "acmee", "umbrella")) {
            for (Kind kind : Kind.values()) {
                for (String id : List.of("sec_1", "sec_11", "1")) {
                    for (long version : new long[] {1, 11, 2}) {
                        places.add(place(tenant, kind, id, version));
                    }
                }
            }
        }
        SecretValue value = SecretValue.of("the value");
        for (Place from : places) {
            SealedValue sealed = keyring.seal(value, from);
            for (Place to : places) {
                if (from.equals(to)) {
                    assertThat(keyring.open(sealed, to)).isEqualTo(value);
                } else {
                    assertThat(refusal(() -> keyring.open(sealed, to))).isEqualTo(ErrorCode.INTEGRITY_FAILED);
                }
            }
        }
    }

    @Test
    void aValueOpensInItsOwnVaultAndUnderItsOwnKeysOnly() throws GeneralSecurityException {
        Keyset<com.google.crypto.tink.Aead> keys = Keyset.generate(TenantKeyring.VALUES);
        Keyset<com.google.crypto.tink.Mac> audit = Keyset.generate(TenantKeyring.AUDIT);
        SealedValue sealed = new TenantKeyring("vlt_1", keys, audit).seal(SecretValue.of("v"), HERE);

        assertThat(new TenantKeyring("vlt_1", keys, audit).open(sealed, HERE)).isEqualTo(SecretValue.of("v"));
        assertThatThrownBy(() -> new TenantKeyring("vlt_2", keys, audit).open(sealed, HERE))
                .isInstanceOf(VaultException.class);
        assertThatThrownBy(() -> keyring.open(sealed, HERE)).isInstanceOf(VaultException.class);
    }

    @Test
    void afterANewPrimaryOldValuesOpenAndNewOnesCarryTheNewKeyId() throws GeneralSecurityException {
        Keyset<com.google.crypto.tink.Aead> keys = Keyset.generate(TenantKeyring.VALUES);
        Keyset<com.google.crypto.tink.Mac> audit = Keyset.generate(TenantKeyring.AUDIT);
        TenantKeyring before = new TenantKeyring("vlt_1", keys, audit);
        TenantKeyring after = new TenantKeyring("vlt_1", keys.withNewPrimary(), audit.withNewPrimary());
        SealedValue old = before.seal(SecretValue.of("old"), HERE);
        SealedValue fresh = after.seal(SecretValue.of("new"), HERE);

        assertThat(after.open(old, HERE)).isEqualTo(SecretValue.of("old"));
        assertThat(old.keyId()).isEqualTo(before.primaryKeyId()).isNotEqualTo(after.primaryKeyId());
        assertThat(fresh.keyId()).isEqualTo(after.primaryKeyId());
        assertThat(refusal(() -> before.open(fresh, HERE))).isEqualTo(ErrorCode.INTEGRITY_FAILED);
    }

    @Test
    void theSameValueIsSealedDifferentlyEachTime() {
        SecretValue value = SecretValue.of("v");
        assertThat(keyring.seal(value, HERE)).isNotEqualTo(keyring.seal(value, HERE));
    }

    @Test
    void associatedDataIsTheSameForTheSamePlaceOnly() {
        Random random = new Random(20261122);
        Map<String, List<Object>> seen = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            String vault = text(random);
            Place place = place(
                    tenant(random),
                    List.of(Kind.values()).get(random.nextInt(Kind.values().length)),
                    text(random),
                    1 + random.nextInt(12));
            List<Object> fields = List.of(vault, place);
            String data = new String(place.associatedData(vault), java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(seen.computeIfAbsent(data, first -> fields)).isEqualTo(fields);
        }
    }

    @Test
    void associatedDataBeginsWithTheFormatsVersionAndPrefixesLengths() {
        assertThat(place("t", Kind.LLM_KEY, "id", 7).associatedData("v"))
                .asHexString()
                .isEqualTo("0000000C6368617465"
                        + "6C61696E652F31" + "0000000176" + "0000000174" + "000000076C6C6D5F6B6579" + "000000026964"
                        + "0000000137");
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append("a1\0\u00e9".charAt(random.nextInt(4)));
        }
        return text.toString();
    }

    private static String tenant(Random random) {
        return "t" + (random.nextBoolean() ? "1" : "") + (random.nextBoolean() ? "a" : "");
    }

    static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        return flipped;
    }

    static ErrorCode refusal(Runnable attempt) {
        try {
            attempt.run();
        } catch (VaultException e) {
            return e.code();
        }
        throw new AssertionError("it opened");
    }

    private static Place place(String tenant, Kind kind, String id, long version) {
        return new Place(new TenantId(tenant), kind, id, version);
    }

    private static TenantKeyring keyring(String vaultId) {
        try {
            return new TenantKeyring(
                    vaultId, Keyset.generate(TenantKeyring.VALUES), Keyset.generate(TenantKeyring.AUDIT));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
