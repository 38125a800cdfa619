package dev.chatelaine.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnvironmentRootKeyTest {
    private static final String OLD = key((byte) 1, 32);
    private static final String NEW = key((byte) 2, 32);

    @Test
    void thirtyTwoBytesInBase64AreAKeyWhoseIdDependsOnThemAlone() {
        assertThat(keys(OLD).ids()).hasSize(1).isEqualTo(keys(" " + OLD + "\n").ids());
        assertThat(keys(OLD).primaryId()).isNotEqualTo(keys(NEW).primaryId());
    }

    @Test
    void ofTwoKeysTheFirstSealsAndBothOpen() throws GeneralSecurityException {
        byte[] data = {1};
        byte[] byOld = keys(OLD).aead().encrypt(data, data);
        RootKeys both = keys(NEW + ", " + OLD);

        assertThat(both.primaryId()).isEqualTo(keys(NEW).primaryId());
        assertThat(both.aead().decrypt(byOld, data)).isEqualTo(data);
        assertThat(keys(NEW).aead().decrypt(both.aead().encrypt(data, data), data))
                .isEqualTo(data);
    }

    @Test
    void aTinkKeysetIsTakenAsJsonAndAsBase64OfEitherFormat() throws GeneralSecurityException {
        String json = KeysetJson.good();
        assertThat(keys(json).ids()).hasSize(1);
        assertThat(keys(base64(json.getBytes(StandardCharsets.UTF_8))).ids())
                .isEqualTo(keys(json).ids());
        assertThat(keys(base64(KeysetJson.goodBinary())).ids()).hasSize(1);
    }

    @Test
    void itIsThereAlwaysAndNotOursToChange() {
        EnvironmentRootKey source = new EnvironmentRootKey(OLD);
        assertThat(source.find().orElseThrow().ids()).isEqualTo(source.create().ids());
        assertThatThrownBy(source::addPrimary)
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.text()).contains("separated by a comma"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void anythingElseIsRefusedAndNeverQuoted(String content) {
        assertThatThrownBy(() -> new EnvironmentRootKey(content)).isInstanceOfSatisfying(VaultException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.VAULT_UNAVAILABLE);
            assertThat(e.getCause()).isNull();
            assertThat(e.text() + e.next()).startsWith("CHATELAINE_ROOT_KEY is neither");
            if (content.strip().length() > 8) {
                assertThat(e.text() + e.next()).doesNotContain(content.strip());
            }
        });
    }

    static Stream<String> malformed() throws GeneralSecurityException {
        String json = KeysetJson.good().strip();
        Stream<String> cut = IntStream.range(0, json.length()).mapToObj(length -> json.substring(0, length));
        Stream<String> lengths =
                IntStream.range(0, 70).filter(length -> length != 32).mapToObj(length -> key((byte) 7, length));
        return Stream.of(
                        cut,
                        lengths,
                        List.of(
                                "correct horse battery staple",
                                OLD + ",",
                                "," + OLD,
                                OLD + "," + OLD,
                                OLD + ";" + NEW,
                                OLD + "," + key((byte) 3, 31),
                                "{".repeat(20_000),
                                "{\"a\":".repeat(20_000),
                                KeysetJson.mac(),
                                KeysetJson.aes128(),
                                KeysetJson.withoutPrefix(),
                                base64(KeysetJson.mac().getBytes(StandardCharsets.UTF_8)))
                                .stream())
                .flatMap(contents -> contents);
    }

    private static RootKeys keys(String content) {
        return new EnvironmentRootKey(content).find().orElseThrow();
    }

    private static String key(byte fill, int length) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, fill);
        return base64(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
