package dev.chatelaine.vault.byok;

import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.llm.ConfigurationList;
import dev.chatelaine.vault.llm.LlmConfiguration;
import dev.chatelaine.vault.llm.LlmConfigurations;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.Plan;
import dev.chatelaine.vault.provider.Provider;
import dev.chatelaine.vault.provider.ProviderId;
import dev.chatelaine.vault.secret.Category;
import dev.chatelaine.vault.secret.SecretMetadata;
import dev.chatelaine.vault.secret.SecretQuery;
import dev.chatelaine.vault.secret.Secrets;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.tenant.Tenants;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers which provider keys a tenant has. Safe for several threads. */
public final class Byok {
    private static final int MOST = 200;

    private final Database database;
    private final AccessPolicy access;
    private final Catalog catalog;
    private final Tenants tenants;
    private final Secrets secrets;
    private final LlmConfigurations configurations;

    /** The overview of a vault. */
    public Byok(
            Database database,
            AccessPolicy access,
            Catalog catalog,
            Tenants tenants,
            Secrets secrets,
            LlmConfigurations configurations) {
        this.database = database;
        this.access = access;
        this.catalog = catalog;
        this.tenants = tenants;
        this.secrets = secrets;
        this.configurations = configurations;
    }

    /**
     * The tenant's keys. One that is a secret comes before one of a configuration; of several configurations with a
     * key for the same provider, the one in effect by default is shown, else the first by name.
     *
     * @throws dev.chatelaine.vault.VaultException {@code permission_denied} without {@code integrations:read}
     */
    public ByokOverview overview(Actor actor) {
        access.require(actor, Permission.INTEGRATIONS_READ, "byok.list", "providers");
        Map<ProviderId, SecretMetadata> own = ownSecrets(actor);
        Map<ProviderId, LlmConfiguration> configured = configured(actor);
        Plan plan = database.read(tx -> tenants.planOf(tx, actor.tenant()));
        List<ProviderOverview> providers = catalog.providers().stream()
                .filter(Provider::ownSecret)
                .map(provider -> overview(provider, own.get(provider.id()), configured.get(provider.id())))
                .toList();
        return new ByokOverview(providers, plan);
    }

    private Map<ProviderId, SecretMetadata> ownSecrets(Actor actor) {
        Map<ProviderId, SecretMetadata> own = new HashMap<>();
        SecretQuery query = new SecretQuery(Category.LLM_PROVIDER, null, false, MOST, null);
        for (SecretMetadata secret : secrets.list(actor, query).secrets()) {
            if (secret.provider() != null) {
                own.put(secret.provider(), secret);
            }
        }
        return own;
    }

    private Map<ProviderId, LlmConfiguration> configured(Actor actor) {
        Map<ProviderId, LlmConfiguration> configured = new HashMap<>();
        ConfigurationList list = configurations.list(actor);
        for (LlmConfiguration configuration : list.configurations()) {
            if (configuration.key() != null) {
                configured.merge(
                        configuration.provider(), configuration, (first, next) -> list.isInEffect(next) ? next : first);
            }
        }
        return configured;
    }

    private static ProviderOverview overview(
            Provider provider, @Nullable SecretMetadata secret, @Nullable LlmConfiguration configuration) {
        if (secret != null) {
            return new ProviderOverview(
                    provider,
                    ProviderOverview.Source.SECRET,
                    secret.hint(),
                    secret.keyStatus(),
                    secret.lastVerifiedAt(),
                    secret.lastUsedAt());
        }
        LlmConfiguration.OwnKey key = configuration == null ? null : configuration.key();
        return key == null
                ? new ProviderOverview(provider, ProviderOverview.Source.NONE, null, null, null, null)
                : new ProviderOverview(
                        provider,
                        ProviderOverview.Source.CONFIGURATION,
                        key.hint(),
                        key.status(),
                        key.lastVerifiedAt(),
                        key.lastUsedAt());
    }
}
