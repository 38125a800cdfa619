package dev.chatelaine.gateway.resolution;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.Fallbacks;
import dev.chatelaine.vault.llm.LlmConfiguration;
import dev.chatelaine.vault.llm.LlmConfiguration.OwnKey;
import dev.chatelaine.vault.llm.ModelName;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.provider.ProviderId;
import dev.chatelaine.vault.upstreamkey.KeysAtHand;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A tenant with what a test gives it. */
final class FakeVault implements ConfigurationSource {
    static final Actor ACTOR = new Actor("app", new TenantId("acme"), Set.of(), Channel.GATEWAY, null);

    final Map<String, LlmConfiguration> configurations = new LinkedHashMap<>();
    final Set<String> tenantKeys = new HashSet<>();
    final Set<String> poolKeys = new HashSet<>();
    String plan = "core";

    @Nullable
    String inEffect;

    private final Catalog catalog = Catalog.builtIn();

    void configure(String name, String provider, String model, @Nullable String url, boolean key, String... fallbacks) {
        OwnKey own = key ? new OwnKey(1, null, KeyStatus.UNVERIFIED, null, null) : null;
        configurations.put(
                name,
                new LlmConfiguration(
                        "cfg_" + name,
                        new ConfigurationName(name),
                        new ProviderId(provider),
                        new ModelName(model),
                        url == null ? null : URI.create(url),
                        new Fallbacks(List.of(fallbacks)),
                        own,
                        false,
                        Instant.EPOCH,
                        Instant.EPOCH));
    }

    @Override
    public Optional<LlmConfiguration> find(Actor actor, String nameOrId) {
        return Optional.ofNullable(configurations.get(nameOrId));
    }

    @Override
    public Optional<LlmConfiguration> inEffect(Actor actor) {
        return Optional.ofNullable(inEffect).map(configurations::get);
    }

    /** What there is beside the keys of configurations. */
    KeysAtHand hand() {
        return new KeysAtHand(catalog.plan(plan).orElseThrow(), ids(tenantKeys), ids(poolKeys));
    }

    private static Set<ProviderId> ids(Set<String> names) {
        return names.stream().map(ProviderId::new).collect(Collectors.toSet());
    }
}
