package dev.chatelaine.vault.pool;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.SealedValue;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.provider.Provider;
import dev.chatelaine.vault.provider.ProviderId;
import dev.chatelaine.vault.secret.SecretIntake;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.store.Transaction;
import dev.chatelaine.vault.tenant.Tenants;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The pool's keys, one of a provider at most. Setting, listing and removing them is the operator's: no way in but the
 * command line calls it, for whoever can open the vault, and they need {@code tenant:admin} in the tenant that they work
 * in, whose audit has the event. Safe for several threads and processes.
 *
 * <p>Any method may fail with {@code permission_denied}, {@code vault_unavailable} and {@code integrity_failed}.
 */
public final class PoolKeys {
    private final Database database;
    private final Keyrings keyrings;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final Tenants tenants;
    private final SecretIntake intake;
    private final Catalog catalog;
    private final Clock clock;

    /** The pool of a vault. */
    public PoolKeys(
            Database database,
            Keyrings keyrings,
            AccessPolicy access,
            AuditLog audit,
            Tenants tenants,
            SecretIntake intake,
            Catalog catalog,
            Clock clock) {
        this.database = database;
        this.keyrings = keyrings;
        this.access = access;
        this.audit = audit;
        this.tenants = tenants;
        this.intake = intake;
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * A pool key, opened for a request.
     *
     * @param key its metadata
     * @param value the key
     */
    public record Opened(PoolKey key, SecretValue value) {}

    /**
     * Gives the pool a provider's key, in place of the one it has.
     *
     * @throws VaultException {@code provider_unknown}; {@code invalid_field} for a provider without an address of its own;
     *     {@code invalid_provider_key}, {@code value_is_mask}, {@code value_required}
     */
    public PoolKey set(Actor operator, String provider, SecretValue given) {
        access.require(operator, Permission.TENANT_ADMIN, "pool.set", provider);
        Provider known = provider(provider);
        return database.write(scope(operator), tx -> {
            tenants.ensurePool(tx);
            Optional<PoolKey> before = PoolRow.find(tx, known.id()).map(PoolRow::key);
            SecretValue value =
                    intake.providerKey(known, given, before.map(PoolKey::hint).orElse(null));
            PoolRow row = sealed(tx, operator, known, version(before), value);
            row.put(tx);
            audit.append(tx, operator, "pool.set", known.id().value());
            return row.key();
        });
    }

    /**
     * Makes the checks of {@link #set} but the key's own.
     *
     * @throws VaultException {@code provider_unknown}, {@code invalid_field}
     */
    public void checkProvider(String provider) {
        provider(provider);
    }

    /** The pool's keys by provider. */
    public List<PoolKey> list(Actor operator) {
        access.require(operator, Permission.TENANT_ADMIN, "pool.list", "pool");
        return database.read(tx -> PoolRow.list(tx).stream().map(PoolRow::key).toList());
    }

    /**
     * Takes a provider's key out of the pool, for good.
     *
     * @return the key that it had
     * @throws VaultException {@code provider_unknown}, {@code pool_key_not_found}
     */
    public PoolKey remove(Actor operator, String provider) {
        access.require(operator, Permission.TENANT_ADMIN, "pool.remove", provider);
        Provider known = catalog.provider(provider);
        return database.write(scope(operator), tx -> {
            PoolRow row = PoolRow.find(tx, known.id()).orElseThrow(() -> missing(known));
            row.delete(tx);
            audit.append(tx, operator, "pool.remove", known.id().value());
            return row.key();
        });
    }

    /** The pool's key of a provider, if it has one; nothing is opened. */
    public Optional<PoolKey> find(ProviderId provider) {
        return database.read(tx -> PoolRow.find(tx, provider)).map(PoolRow::key);
    }

    /**
     * Opens the pool's key of a provider for a request of the actor's, whose tenant's audit has the event; the unit of
     * work has that tenant in its scope.
     *
     * @return the key, or nothing where the pool has none
     * @throws VaultException without {@code llm:invoke}, {@code permission_denied}
     */
    public Optional<Opened> open(Transaction tx, Actor actor, ProviderId provider) {
        access.confirm(actor, Permission.LLM_INVOKE);
        Optional<PoolRow> row = PoolRow.find(tx, provider);
        return row.map(found -> {
            SecretValue value = keyrings.of(tx, TenantId.POOL).open(found.sealed(), found.place());
            audit.appendAtEnd(tx, actor, "pool.reveal", provider.value());
            return new Opened(found.key(), value);
        });
    }

    /** Of which of these providers the pool has a key; nothing is opened. */
    public Set<ProviderId> providersWithKey(Transaction tx, Collection<ProviderId> providers) {
        Set<ProviderId> found = new HashSet<>(PoolRow.providers(tx));
        found.retainAll(providers);
        return found;
    }

    /**
     * Writes down what a provider said of a pool key that a request of the actor's was made with, where it is the pool's
     * still and something else is known of it; the actor's tenant's audit has the event. The unit of work has that tenant
     * and {@link TenantId#POOL} in its scope.
     *
     * @throws VaultException without {@code llm:invoke}, {@code permission_denied}
     */
    public void report(Transaction tx, Actor actor, ProviderId provider, long version, KeyStatus status) {
        access.confirm(actor, Permission.LLM_INVOKE);
        if (PoolRow.mark(tx, provider, version, status)) {
            audit.append(tx, actor, "pool.key_status", provider.value());
        }
    }

    private PoolRow sealed(Transaction tx, Actor operator, Provider provider, long version, SecretValue value) {
        SealedValue sealed = keyrings.of(tx, TenantId.POOL).seal(value, PoolRow.place(provider.id(), version));
        return new PoolRow(
                new PoolKey(
                        provider.id(),
                        version,
                        value.hint(),
                        KeyStatus.UNVERIFIED,
                        Instant.ofEpochMilli(clock.millis()),
                        operator.subject()),
                sealed);
    }

    /** Above every one that the provider's keys had, also where the pool had none in between. */
    private long version(Optional<PoolKey> before) {
        return Math.max(before.map(PoolKey::version).orElse(0L) + 1, clock.millis());
    }

    private Provider provider(String idOrAlias) {
        Provider known = catalog.provider(idOrAlias);
        if (known.baseUrl() == null) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD,
                            "{} has no address of its own, and so no key in the pool. Nothing was stored.",
                            known.id())
                    .withField("provider");
        }
        return known;
    }

    private static Scope scope(Actor operator) {
        return Scope.tenants(List.of(operator.tenant(), TenantId.POOL));
    }

    private static VaultException missing(Provider provider) {
        return new VaultException(
                        ErrorCode.POOL_KEY_NOT_FOUND, "The pool has no key of {}. Nothing was changed.", provider.id())
                .withNext("chatelaine pool list");
    }
}
