package dev.chatelaine.vault.llm;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Expected;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's LLM configurations: their records and which of them is in effect. Keys are {@link LlmKeys}' affair. Every
 * method asks for the actor's permission and works in the actor's tenant alone. Safe for several threads and
 * processes.
 *
 * <p>Any of them may fail with {@code permission_denied} and {@code vault_unavailable}.
 */
public final class LlmConfigurations {
    private final Database database;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final Catalog catalog;
    private final EndpointPolicy endpoints;
    private final Ids ids;
    private final Clock clock;

    /** The configurations of a vault. */
    public LlmConfigurations(
            Database database,
            AccessPolicy access,
            AuditLog audit,
            Catalog catalog,
            EndpointPolicy endpoints,
            Ids ids,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.catalog = catalog;
        this.endpoints = endpoints;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Makes a configuration.
     *
     * @throws VaultException {@code config_exists}, {@code provider_unknown}, {@code base_url_required}, {@code
     *     base_url_refused}, {@code invalid_field}
     */
    public LlmConfiguration create(Actor actor, NewConfiguration asked) {
        access.require(
                actor, Permission.INTEGRATIONS_WRITE, "llm.create", asked.name().value());
        Recipient recipient = Recipient.of(asked.provider(), asked.baseUrl(), catalog, endpoints);
        Fallbacks fallbacks = Fallbacks.of(asked.fallbacks(), catalog);
        return database.write(Scope.tenant(actor.tenant()), () -> taken(asked.name()), tx -> {
            refuseTaken(tx, actor, asked.name());
            if (asked.makeDefault()) {
                ConfigurationRows.clearDefault(tx, actor.tenant());
            }
            ConfigurationRow row = fresh(tx, actor, asked, recipient, fallbacks);
            ConfigurationRows.insert(tx, row);
            audit.append(tx, actor, "llm.create", row.name().value());
            return row.configuration();
        });
    }

    /** All configurations by name, and which of them is in effect. */
    public ConfigurationList list(Actor actor) {
        access.require(actor, Permission.INTEGRATIONS_READ, "llm.list", "configurations");
        return database.read(tx -> {
            List<ConfigurationRow> rows = ConfigurationRows.list(tx, actor.tenant());
            return new ConfigurationList(
                    rows.stream().map(ConfigurationRow::configuration).toList(), inEffect(rows));
        });
    }

    /**
     * One configuration.
     *
     * @throws VaultException {@code config_not_found}
     */
    public LlmConfiguration get(Actor actor, ConfigurationName nameOrId) {
        access.require(actor, Permission.INTEGRATIONS_READ, "llm.get", nameOrId.value());
        return database.read(tx -> find(tx, actor, nameOrId).configuration());
    }

    /**
     * Changes a configuration's record. A key that was entered for another provider or host is removed.
     *
     * @throws VaultException {@code config_not_found} and what {@link #create} says
     */
    public ChangedConfiguration update(Actor actor, ConfigurationName nameOrId, ConfigurationChange change) {
        return update(actor, nameOrId, change, Expected.ANY);
    }

    /**
     * Changes the record of a configuration that is still at a revision that the caller expects.
     *
     * @throws VaultException {@code conflict} when it is not, and what the other {@code update} says
     */
    public ChangedConfiguration update(
            Actor actor, ConfigurationName nameOrId, ConfigurationChange change, Expected expected) {
        access.require(actor, Permission.INTEGRATIONS_WRITE, "llm.update", nameOrId.value());
        Fallbacks fallbacks = change.fallbacks() == null ? null : Fallbacks.of(change.fallbacks(), catalog);
        return database.write(
                Scope.tenant(actor.tenant()), () -> taken(change.name() == null ? nameOrId : change.name()), tx -> {
                    ConfigurationRow row = find(tx, actor, nameOrId);
                    expected.check(row.configuration().revision());
                    if (change.name() != null && !change.name().equals(row.name())) {
                        refuseTaken(tx, actor, change.name());
                    }
                    Recipient recipient = recipient(row.configuration(), change);
                    ConfigurationRow changed = changed(row, change, recipient, fallbacks);
                    ConfigurationRows.update(tx, changed);
                    boolean detached = detachKey(tx, actor, row, recipient);
                    audit.append(tx, actor, "llm.update", changed.name().value());
                    return new ChangedConfiguration(reread(tx, row), detached);
                });
    }

    /**
     * Deletes a configuration and its key; an owner's right.
     *
     * @throws VaultException {@code config_not_found}
     */
    public void delete(Actor actor, ConfigurationName nameOrId) {
        delete(actor, nameOrId, Expected.ANY);
    }

    /**
     * Deletes a configuration that is still at a revision that the caller expects, and its key.
     *
     * @throws VaultException {@code config_not_found}, {@code conflict}
     */
    public void delete(Actor actor, ConfigurationName nameOrId, Expected expected) {
        access.require(actor, Permission.INTEGRATIONS_DELETE, "llm.delete", nameOrId.value());
        database.write(Scope.tenant(actor.tenant()), tx -> {
            ConfigurationRow row = find(tx, actor, nameOrId);
            expected.check(row.configuration().revision());
            KeyRow.delete(tx, row);
            ConfigurationRows.delete(tx, row);
            audit.append(tx, actor, "llm.delete", row.name().value());
            return row;
        });
    }

    /**
     * Makes a configuration the tenant's only default.
     *
     * @throws VaultException {@code config_not_found}
     */
    public LlmConfiguration setDefault(Actor actor, ConfigurationName nameOrId) {
        return setDefault(actor, nameOrId, Expected.ANY);
    }

    /**
     * Makes a configuration that is still at a revision that the caller expects the tenant's only default.
     *
     * @throws VaultException {@code config_not_found}, {@code conflict}
     */
    public LlmConfiguration setDefault(Actor actor, ConfigurationName nameOrId, Expected expected) {
        access.require(actor, Permission.INTEGRATIONS_WRITE, "llm.set_default", nameOrId.value());
        return database.write(Scope.tenant(actor.tenant()), tx -> {
            ConfigurationRow row = find(tx, actor, nameOrId);
            expected.check(row.configuration().revision());
            ConfigurationRows.clearDefault(tx, actor.tenant());
            ConfigurationRows.markDefault(tx, row);
            audit.append(tx, actor, "llm.set_default", row.name().value());
            return reread(tx, row);
        });
    }

    static ConfigurationRow find(Transaction tx, Actor actor, ConfigurationName nameOrId) {
        return ConfigurationRows.find(tx, actor.tenant(), nameOrId).orElseThrow(() -> unknown(nameOrId));
    }

    /** The very configuration that was seen before; its name may be another's by now. */
    static ConfigurationRow again(Transaction tx, Actor actor, LlmConfiguration seen) {
        return ConfigurationRows.byId(tx, actor.tenant(), seen.id()).orElseThrow(() -> unknown(seen.name()));
    }

    static LlmConfiguration reread(Transaction tx, ConfigurationRow row) {
        return ConfigurationRows.byId(tx, row.tenant(), row.id())
                .orElseThrow(() -> unknown(row.name()))
                .configuration();
    }

    static VaultException unknown(ConfigurationName nameOrId) {
        return new VaultException(
                        ErrorCode.CONFIG_NOT_FOUND,
                        "There is no LLM configuration {}. List the configurations to see their names.",
                        nameOrId)
                .withField("name");
    }

    private boolean detachKey(Transaction tx, Actor actor, ConfigurationRow row, Recipient recipient) {
        LlmConfiguration before = row.configuration();
        boolean detached = before.key() != null && !recipientOf(before).isSameAs(recipient);
        if (detached) {
            KeyRow.delete(tx, row);
            audit.append(tx, actor, "llm.remove_key", row.name().value());
        }
        return detached;
    }

    private Recipient recipientOf(LlmConfiguration configuration) {
        return new Recipient(catalog.provider(configuration.provider().value()), configuration.baseUrl());
    }

    private Recipient recipient(LlmConfiguration present, ConfigurationChange change) {
        String provider = change.provider() == null ? present.provider().value() : change.provider();
        String baseUrl = change.baseUrl();
        if (baseUrl == null && present.baseUrl() != null) {
            return new Recipient(catalog.provider(provider), present.baseUrl());
        }
        return Recipient.of(provider, baseUrl, catalog, endpoints);
    }

    private ConfigurationRow changed(
            ConfigurationRow row, ConfigurationChange change, Recipient recipient, @Nullable Fallbacks fallbacks) {
        LlmConfiguration present = row.configuration();
        LlmConfiguration next = new LlmConfiguration(
                present.id(),
                change.name() == null ? present.name() : change.name(),
                recipient.provider().id(),
                change.model() == null ? present.model() : change.model(),
                recipient.baseUrl(),
                fallbacks == null ? present.fallbacks() : fallbacks,
                present.key(),
                present.isDefault(),
                present.createdAt(),
                present.updatedAfter(clock.millis()));
        return new ConfigurationRow(row.tenant(), next, row.ordinal(), row.keyVersion());
    }

    private ConfigurationRow fresh(
            Transaction tx, Actor actor, NewConfiguration asked, Recipient recipient, Fallbacks fallbacks) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        return new ConfigurationRow(
                actor.tenant(),
                new LlmConfiguration(
                        ids.next("cfg_"),
                        asked.name(),
                        recipient.provider().id(),
                        asked.model(),
                        recipient.baseUrl(),
                        fallbacks,
                        null,
                        asked.makeDefault(),
                        now,
                        now),
                ConfigurationRows.nextOrdinal(tx, actor.tenant()),
                0);
    }

    private static @Nullable InEffect inEffect(List<ConfigurationRow> rows) {
        Optional<InEffect> explicit = rows.stream()
                .filter(row -> row.configuration().isDefault())
                .findFirst()
                .map(row -> new InEffect(row.name(), InEffect.Reason.EXPLICIT));
        return explicit.or(() -> rows.stream()
                        .max(Comparator.comparingLong(ConfigurationRow::ordinal))
                        .map(row -> new InEffect(row.name(), InEffect.Reason.MOST_RECENT)))
                .orElse(null);
    }

    private static void refuseTaken(Transaction tx, Actor actor, ConfigurationName name) {
        if (ConfigurationRows.find(tx, actor.tenant(), name)
                .filter(row -> row.name().equals(name))
                .isPresent()) {
            throw taken(name);
        }
    }

    private static VaultException taken(ConfigurationName name) {
        return new VaultException(
                        ErrorCode.CONFIG_EXISTS,
                        "There is an LLM configuration {} already. Nothing was changed. Update it, or choose another"
                                + " name.",
                        name)
                .withField("name");
    }
}
