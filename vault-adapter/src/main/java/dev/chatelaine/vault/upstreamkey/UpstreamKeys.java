package dev.chatelaine.vault.upstreamkey;

import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.llm.LlmKeyUse;
import dev.chatelaine.vault.pool.PoolKeys;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.provider.Plan;
import dev.chatelaine.vault.provider.Provider;
import dev.chatelaine.vault.provider.ProviderId;
import dev.chatelaine.vault.secret.SealedSecrets;
import dev.chatelaine.vault.secret.SecretUse;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.store.Transaction;
import dev.chatelaine.vault.tenant.Tenants;
import dev.chatelaine.vault.upstreamkey.KeyChoice.OfConfiguration;
import dev.chatelaine.vault.upstreamkey.KeyChoice.OfPool;
import dev.chatelaine.vault.upstreamkey.KeyChoice.OfTenant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys of requests to providers. All it does is for whoever may make such requests ({@code llm:invoke}), and in the
 * actor's tenant. Nothing is kept in memory: a key that was replaced or removed on any node is not opened any more.
 * Safe for several threads and processes.
 *
 * <p>Any method may fail with {@code permission_denied}, {@code vault_unavailable} and {@code integrity_failed}.
 */
public final class UpstreamKeys {
    private final Database database;
    private final AccessPolicy access;
    private final Tenants tenants;
    private final SealedSecrets secrets;
    private final SecretUse secretUse;
    private final LlmKeyUse llmKeyUse;
    private final PoolKeys pool;

    /** The keys of a vault. */
    public UpstreamKeys(
            Database database,
            AccessPolicy access,
            Tenants tenants,
            SealedSecrets secrets,
            SecretUse secretUse,
            LlmKeyUse llmKeyUse,
            PoolKeys pool) {
        this.database = database;
        this.access = access;
        this.tenants = tenants;
        this.secrets = secrets;
        this.secretUse = secretUse;
        this.llmKeyUse = llmKeyUse;
        this.pool = pool;
    }

    /** Of which of these providers there are keys, the tenant's own and the pool's, and the tenant's plan; opens nothing. */
    public KeysAtHand atHand(Actor actor, Collection<Provider> providers) {
        access.require(actor, Permission.LLM_INVOKE, "llm.invoke", "keys");
        List<ProviderId> ids = providers.stream().map(Provider::id).toList();
        return database.read(tx -> {
            Plan plan = tenants.planOf(tx, actor.tenant());
            Set<ProviderId> own =
                    plan.byok() ? secrets.providersWithKey(tx, actor.tenant(), providers) : Set.<ProviderId>of();
            return new KeysAtHand(plan, own, pool.providersWithKey(tx, ids));
        });
    }

    /**
     * Opens a key for one request. The event is written in the given transaction, whose scope has the actor's tenant in
     * it; so is when the key was last used, to the minute.
     *
     * @return the key; nothing where it is gone, where the tenant's plan has no keys of its own (any more), and where the
     *     configuration by now asks another provider, another model or another base URL than the caller was told
     */
    public Optional<OpenedKey> open(Transaction tx, Actor actor, KeyChoice choice) {
        access.confirm(actor, Permission.LLM_INVOKE);
        if (choice instanceof OfPool ofPool) {
            return pool.open(tx, actor, ofPool.provider())
                    .map(found -> new OpenedKey(
                            choice, found.key().version(), found.key().status(), found.value()));
        }
        if (!tenants.planOf(tx, actor.tenant()).byok()) {
            return Optional.empty();
        }
        if (choice instanceof OfConfiguration ofConfiguration) {
            return llmKeyUse
                    .openForRequest(tx, actor, ofConfiguration.configuration())
                    .map(found -> new OpenedKey(
                            choice, found.key().version(), found.key().status(), found.value()));
        }
        return secretUse
                .openForRequest(tx, actor, ((OfTenant) choice).provider())
                .map(found -> new OpenedKey(
                        choice, found.metadata().version(), found.metadata().keyStatus(), found.value()));
    }

    /**
     * What {@link #open} does, for {@link dev.chatelaine.vault.usage.Ledger#reserve} to do with its reservation.
     *
     * @param choice null where no key is needed: nothing is opened then
     */
    public Function<Transaction, Optional<OpenedKey>> opening(Actor actor, @Nullable KeyChoice choice) {
        return tx -> choice == null ? Optional.empty() : open(tx, actor, choice);
    }

    /**
     * Takes down what a provider said of a key: {@code invalid} where it did not take it, {@code valid} where it took one
     * that was not known to be valid. Nothing happens where that is known already, or the key was replaced or removed.
     *
     * @param used the key, as it was opened
     * @throws VaultException without {@code llm:invoke}, {@code permission_denied}
     */
    public void report(Actor actor, OpenedKey used, KeyStatus status) {
        KeyChoice choice = used.choice();
        access.require(actor, Permission.LLM_INVOKE, action(choice), target(choice));
        if (used.status() != status) {
            database.write(scope(actor, choice), tx -> {
                report(tx, actor, used, status);
                return used;
            });
        }
    }

    private void report(Transaction tx, Actor actor, OpenedKey used, KeyStatus status) {
        if (used.choice() instanceof OfPool ofPool) {
            pool.report(tx, actor, ofPool.provider(), used.version(), status);
        } else if (used.choice() instanceof OfConfiguration ofConfiguration) {
            llmKeyUse.report(tx, actor, ofConfiguration.configuration(), used.version(), status);
        } else if (used.choice() instanceof OfTenant ofTenant) {
            secretUse.report(tx, actor, ofTenant.provider(), used.version(), used.value(), status);
        }
    }

    private static String action(KeyChoice choice) {
        if (choice instanceof OfPool) {
            return "pool.key_status";
        }
        return choice instanceof OfConfiguration ? "llm.key_status" : "secret.key_status";
    }

    private static String target(KeyChoice choice) {
        if (choice instanceof OfConfiguration ofConfiguration) {
            return ofConfiguration.configuration().name().value();
        }
        if (choice instanceof OfTenant ofTenant && ofTenant.provider().secretName() != null) {
            return String.valueOf(ofTenant.provider().secretName());
        }
        return choice instanceof OfPool ofPool ? ofPool.provider().value() : "keys";
    }

    private static Scope scope(Actor actor, KeyChoice choice) {
        return choice instanceof OfPool
                ? Scope.tenants(List.of(actor.tenant(), TenantId.POOL))
                : Scope.tenant(actor.tenant());
    }
}
