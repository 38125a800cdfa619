package dev.chatelaine.mcp.serve;

import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.mcp.local.LocalVault;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The real service on a real port over a vault in a folder, and the operator beside it, who makes tenants and tokens. */
final class Instance implements AutoCloseable {
    private final Settings settings;
    private final HttpService service;

    private Instance(Settings settings) {
        this.settings = settings;
        this.service = HttpService.start(
                settings, new Listening("127.0.0.1", 0, null, 0), Clock.systemUTC(), new SecureRandom());
    }

    /** An instance with these tenants, each on the plan pro. */
    static Instance start(Path home, List<String> tenants) {
        Settings settings = settings(home, Map.of());
        operate(settings, vault -> {
            tenants.forEach(tenant -> vault.tenants().create(operator(tenant), new TenantId(tenant), "pro"));
            return tenants;
        });
        return new Instance(settings);
    }

    static Settings settings(Path home, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("CHATELAINE_HOME", home.toString());
        return new Settings(Map.of(), environment, "Linux", home);
    }

    HttpService service() {
        return service;
    }

    /** What another process on the same vault would do. */
    <T> T operate(Function<Vault, T> work) {
        return operate(settings, work);
    }

    private static <T> T operate(Settings settings, Function<Vault, T> work) {
        try (LocalVault local = new LocalVault(settings, Clock.systemUTC(), new SecureRandom())) {
            return work.apply(local.get());
        }
    }

    static Actor operator(String tenant) {
        return new Actor("op", new TenantId(tenant), Set.of(Role.OWNER), Channel.CLI, null);
    }

    String token(String tenant, String subject, Role role) {
        return operate(vault -> token(vault, tenant, subject, role));
    }

    String token(Vault vault, String tenant, String subject, Role role) {
        return Identity.local(new ServeSettings(settings), vault, new Ids(new SecureRandom()), Clock.systemUTC())
                .issue(operator(tenant), subject, Set.of(role), Duration.ofMinutes(30))
                .token();
    }

    @Override
    public void close() {
        service.close();
    }
}
