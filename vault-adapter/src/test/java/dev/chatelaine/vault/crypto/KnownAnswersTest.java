package dev.chatelaine.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.access.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What was sealed once opens for ever: these files were made by the first version and are never made again. */
class KnownAnswersTest {
    private static final TenantId TENANT = new TenantId("acme");
    private static final String VAULT = "vlt_0123456789abcdefghjkmnpqrs";
    private static final Place PLACE = new Place(TENANT, Kind.SECRET, "sec_0123456789abcdefghjkmnpqrs", 3);

    @Test
    void aKeyFileAKeyringAndAValueOfTheFirstVersionOpen() throws Exception {
        RootKeys root = RootKeys.parseJson(resource("root.key"));
        Properties known = known();

        TenantKeyring keyring = keyring(root, known);

        assertThat(KeyIds.text(root.primaryId())).isEqualTo(known.getProperty("root_key_id"));
        assertThat(keyring.open(new SealedValue(hex(known, "value")), PLACE))
                .isEqualTo(SecretValue.of("the value, with an é and a 🔑"));
        assertThat(keyring.isAuthentic(hex(known, "mac"), List.of("first", "", "third")))
                .isTrue();
        assertThat(keyring.isAuthentic(hex(known, "mac"), List.of("first", "third", "")))
                .isFalse();
    }

    @Test
    void aKeyFromTheEnvironmentHasTheSameIdForEver() throws Exception {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        RootKeys root = new EnvironmentRootKey(Base64.getEncoder().encodeToString(key))
                .find()
                .orElseThrow();
        assertThat(KeyIds.text(root.primaryId())).isEqualTo(known().getProperty("environment_key_id"));
        assertThat(root.aead().decrypt(hex(known(), "by_environment_key"), new byte[] {1}))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("chatelaine");
    }

    private static TenantKeyring keyring(RootKeys root, Properties known) throws Exception {
        byte[] values = root.aead()
                .decrypt(
                        hex(known, "values_keyring"),
                        new Place(TENANT, Kind.TENANT_KEYRING, "acme", 2).associatedData(VAULT));
        byte[] audit = root.aead()
                .decrypt(
                        hex(known, "audit_keyring"),
                        new Place(TENANT, Kind.AUDIT_KEYRING, "acme", 2).associatedData(VAULT));
        return new TenantKeyring(
                VAULT, Keyset.parse(values, TenantKeyring.VALUES), Keyset.parse(audit, TenantKeyring.AUDIT));
    }

    private static Properties known() throws IOException {
        Properties known = new Properties();
        known.load(new StringReader(resource("known.properties")));
        return known;
    }

    private static byte[] hex(Properties known, String name) {
        return HexFormat.of().parseHex(Objects.requireNonNull(known.getProperty(name), name));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = KnownAnswersTest.class.getResourceAsStream("known/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
