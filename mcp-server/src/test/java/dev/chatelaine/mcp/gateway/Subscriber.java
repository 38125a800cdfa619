package dev.chatelaine.mcp.gateway;

import dev.chatelaine.gateway.fake.FakeProvider;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.gatewaykey.GatewayKeyName;
import dev.chatelaine.vault.gatewaykey.NewGatewayKey;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.ModelName;
import dev.chatelaine.vault.llm.NewConfiguration;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.secret.NewSecret;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.usage.PoolQuota;
import dev.chatelaine.vault.usage.UsageGroup;
import dev.chatelaine.vault.usage.UsageGrouping;
import dev.chatelaine.vault.usage.UsageQuery;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tenant that has nothing of its own but what it is given here. */
record Subscriber(GatewayService service, Actor owner) {

    static Subscriber on(String plan, String tenant, GatewayService service) {
        TenantId id = new TenantId(tenant);
        Actor owner = new Actor("olga", id, Set.of(Role.OWNER), Channel.REST, null);
        service.vault().tenants().create(owner, id, plan);
        return new Subscriber(service, owner);
    }

    void moveTo(String plan) {
        service.vault().tenants().changePlan(owner, owner.tenant(), plan);
    }

    /** Stores a key of its own for a provider, which takes it. */
    void own(String provider, String key) {
        service.provider(provider).accept(key);
        service.vault()
                .secrets()
                .create(
                        owner,
                        new NewSecret(
                                new SecretName("provider_key_" + provider),
                                null,
                                Description.NONE,
                                SecretValue.of(key)));
    }

    /** A client with a gateway key without bounds. */
    Application application() {
        return application(null, null);
    }

    /** A client whose gateway key has these models and this fallback. */
    Application application(@Nullable List<String> models, @Nullable String fallback) {
        String name = "key-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
        return service.application(service.vault()
                .gatewayKeys()
                .create(owner, new NewGatewayKey(new GatewayKeyName(name), models, null, fallback, null))
                .secret());
    }

    /** Makes an LLM configuration. */
    void configure(String name, String provider, String model, @Nullable String baseUrl, List<String> fallbacks) {
        NewConfiguration asked = new NewConfiguration(
                new ConfigurationName(name), provider, new ModelName(model), baseUrl, fallbacks, false);
        service.vault().llmConfigurations().create(owner, asked);
    }

    /** Makes an LLM configuration of a fake's model. */
    void configure(String name, FakeProvider provider, List<String> fallbacks) {
        configure(name, provider.id(), provider.model(), null, fallbacks);
    }

    /** Gives an LLM configuration a key of its own. */
    void configurationKey(String name, String key) {
        service.vault().llmKeys().set(owner, new ConfigurationName(name), SecretValue.of(key));
    }

    void makeDefault(String name) {
        service.vault().llmConfigurations().setDefault(owner, new ConfigurationName(name));
    }

    @Nullable
    KeyStatus configurationKeyStatus(String name) {
        var key = service.vault()
                .llmConfigurations()
                .get(owner, new ConfigurationName(name))
                .key();
        return key == null ? null : key.status();
    }

    /** What is known of its own key for a provider, as the list of its providers has it. */
    @Nullable
    KeyStatus status(String provider) {
        return service.vault().byok().overview(owner).providers().stream()
                .filter(one -> one.provider().id().value().equals(provider))
                .findFirst()
                .orElseThrow()
                .status();
    }

    PoolQuota quota() {
        return service.vault().usage().quota(owner);
    }

    /** All that it has used. */
    UsageGroup used() {
        return service.vault().usage().report(owner, query(null)).whole();
    }

    /** What it has used, by something. */
    List<UsageGroup> used(UsageGrouping by) {
        return service.vault().usage().report(owner, query(by)).groups();
    }

    private static UsageQuery query(@Nullable UsageGrouping by) {
        Instant soon = Instant.now().plusSeconds(60);
        return new UsageQuery(soon.minus(UsageQuery.LONGEST), soon, by);
    }
}
