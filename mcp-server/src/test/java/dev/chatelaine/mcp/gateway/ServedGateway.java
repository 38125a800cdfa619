package dev.chatelaine.mcp.gateway;

import dev.chatelaine.gateway.fake.FakeProvider;
import dev.chatelaine.gateway.fake.FakeProviders;
import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.mcp.entry.ServedProcess;
import dev.chatelaine.mcp.local.LocalVault;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.gatewaykey.GatewayKeyName;
import dev.chatelaine.vault.gatewaykey.NewGatewayKey;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.secret.NewSecret;
import dev.chatelaine.vault.secret.SecretName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code chatelaine serve} as a process that has a fake of each provider, and a tenant that has a key of each of them. */
final class ServedGateway implements AutoCloseable {
    private static final TenantId ACME = new TenantId("acme");
    private static final Actor OWNER = new Actor("ada", ACME, Set.of(Role.OWNER), Channel.CLI, null);

    private final FakeProviders fakes = FakeProviders.start();
    private final String key;
    private final String limited;
    private final String capped;
    private final ServedProcess process;

    /** The served program over a vault in this folder. */
    ServedGateway(Path home) throws IOException {
        Map<String, String> environment = Map.of(
                "CHATELAINE_HOME",
                home.toString(),
                "CHATELAINE_CATALOG",
                Files.writeString(home.resolve("catalog.yaml"), fakes.catalog()).toString(),
                "CHATELAINE_PRIVATE_ENDPOINTS",
                fakes.endpoints());
        Settings settings = new Settings(Map.of(), environment, "Linux", home);
        try (LocalVault local = new LocalVault(settings, Clock.systemUTC(), new SecureRandom())) {
            Vault vault = local.get();
            vault.tenants().create(OWNER, ACME, "pro");
            fakes.all().forEach(fake -> store(vault, fake));
            this.key = gatewayKey(vault, "all", null, null);
            this.limited = gatewayKey(vault, "limited", List.of("openai/*"), null);
            this.capped = gatewayKey(vault, "capped", null, 1L);
        }
        this.process = ServedProcess.start(home, environment);
    }

    private static void store(Vault vault, FakeProvider fake) {
        vault.secrets()
                .create(
                        OWNER,
                        new NewSecret(
                                new SecretName("provider_key_" + fake.id()),
                                null,
                                Description.of(""),
                                SecretValue.of(fake.key())));
    }

    private static String gatewayKey(Vault vault, String name, @Nullable List<String> models, @Nullable Long cap) {
        return vault.gatewayKeys()
                .create(OWNER, new NewGatewayKey(new GatewayKeyName(name), models, cap, null, null))
                .secret();
    }

    FakeProviders fakes() {
        return fakes;
    }

    /** An application with a key that may ask every model. */
    JavaApplication application() {
        return application(key);
    }

    /** An application with a key that may ask OpenAI's models alone. */
    JavaApplication limited() {
        return application(limited);
    }

    /** An application with a key that may spend a millionth of a dollar. */
    JavaApplication capped() {
        return application(capped);
    }

    JavaApplication application(String gatewayKey) {
        return new JavaApplication(process.address() + "/v1", gatewayKey);
    }

    /** What a provider's model is called at the gateway. */
    static String model(FakeProvider fake) {
        return fake.id() + "/" + fake.model();
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
        fakes.close();
    }
}
