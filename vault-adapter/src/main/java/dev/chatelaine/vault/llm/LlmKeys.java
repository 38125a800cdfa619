package dev.chatelaine.vault.llm;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Expected;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.SealedValue;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.KeyFormat;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.provider.Provider;
import dev.chatelaine.vault.secret.SecretIntake;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.store.Transaction;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys that belong to LLM configurations, sealed apart from the records. The same promises as
 * {@link LlmConfigurations}; all need {@code keys:manage}.
 */
public final class LlmKeys {
    private final Database database;
    private final Keyrings keyrings;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final SecretIntake intake;
    private final Catalog catalog;
    private final Clock clock;

    /** The keys of a vault's configurations. */
    public LlmKeys(
            Database database,
            Keyrings keyrings,
            AccessPolicy access,
            AuditLog audit,
            SecretIntake intake,
            Catalog catalog,
            Clock clock) {
        this.database = database;
        this.keyrings = keyrings;
        this.access = access;
        this.audit = audit;
        this.intake = intake;
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * A configuration with what it takes to ask its provider.
     *
     * @param configuration the configuration
     * @param provider its provider
     * @param endpoint where requests go
     * @param key its own key, or null where it has none or was not opened
     */
    public record Opened(
            LlmConfiguration configuration,
            Provider provider,
            URI endpoint,
            @Nullable SecretValue key) {}

    /**
     * Gives a configuration a key, in place of the one it has.
     *
     * @throws VaultException {@code config_not_found}, {@code byok_not_on_plan}, {@code invalid_provider_key}, {@code
     *     value_is_mask}
     */
    public LlmConfiguration set(Actor actor, ConfigurationName nameOrId, SecretValue given) {
        return set(actor, nameOrId, given, Expected.ANY);
    }

    /**
     * Gives a configuration that is still at a revision that the caller expects a key.
     *
     * @throws VaultException {@code conflict} when it is not, and what the other {@code set} says
     */
    public LlmConfiguration set(Actor actor, ConfigurationName nameOrId, SecretValue given, Expected expected) {
        access.require(actor, Permission.KEYS_MANAGE, "llm.set_key", nameOrId.value());
        return database.write(Scope.tenant(actor.tenant()), tx -> {
            ConfigurationRow row = LlmConfigurations.find(tx, actor, nameOrId);
            expected.check(row.configuration().revision());
            return set(tx, actor, row, given);
        });
    }

    /**
     * What a configuration's key would be entered for.
     *
     * @param configuration the configuration
     * @param keyVersion how many keys it has had; one that was removed counts
     * @param provider whose key it would be
     * @param endpoint where it would be sent
     */
    public record Keyed(LlmConfiguration configuration, long keyVersion, Provider provider, URI endpoint) {
        /** Tells one key and one recipient from every other that the configuration has had. */
        public long revision() {
            return configuration.revision() + keyVersion;
        }
    }

    /**
     * Makes every check of a new key but the key's own, and answers the configuration that would get it.
     *
     * @throws VaultException {@code config_not_found}, {@code byok_not_on_plan}
     */
    public Keyed checkSet(Actor actor, ConfigurationName nameOrId) {
        access.require(actor, Permission.KEYS_MANAGE, "llm.set_key", nameOrId.value());
        return database.read(tx -> {
            ConfigurationRow row = LlmConfigurations.find(tx, actor, nameOrId);
            intake.requireByok(tx, actor.tenant());
            return keyed(row);
        });
    }

    /**
     * Gives a configuration a key in the transaction of something else, for an actor whom {@link #checkSet} let pass.
     *
     * @param id of the configuration: {@code cfg_…}
     * @param expected compared with {@link Keyed#revision}
     * @throws VaultException {@code config_not_found}, {@code conflict} and what {@link #set(Actor, ConfigurationName,
     *     SecretValue)} says
     */
    public LlmConfiguration set(Transaction tx, Actor actor, String id, SecretValue given, Expected expected) {
        access.confirm(actor, Permission.KEYS_MANAGE);
        ConfigurationRow row = ConfigurationRows.byId(tx, actor.tenant(), id)
                .orElseThrow(() -> LlmConfigurations.unknown(new ConfigurationName(id)));
        expected.check(keyed(row).revision());
        return set(tx, actor, row, given);
    }

    private LlmConfiguration set(Transaction tx, Actor actor, ConfigurationRow row, SecretValue given) {
        intake.requireByok(tx, actor.tenant());
        SecretValue key = accepted(row, given);
        long version = row.keyVersion() + 1;
        SealedValue sealed = keyrings.of(tx, actor.tenant()).seal(key, row.place(version));
        KeyRow.replace(tx, row, new KeyRow(version, sealed), key.hint(), actor.subject(), clock.millis());
        audit.append(tx, actor, "llm.set_key", row.name().value());
        return LlmConfigurations.reread(tx, row);
    }

    private Keyed keyed(ConfigurationRow row) {
        LlmConfiguration configuration = row.configuration();
        Provider provider = catalog.provider(configuration.provider().value());
        return new Keyed(
                configuration, row.keyVersion(), provider, new Recipient(provider, configuration.baseUrl()).endpoint());
    }

    /**
     * Takes a configuration's key away; without one nothing happens.
     *
     * @throws VaultException {@code config_not_found}
     */
    public LlmConfiguration remove(Actor actor, ConfigurationName nameOrId) {
        return remove(actor, nameOrId, Expected.ANY);
    }

    /**
     * Takes away the key of a configuration that is still at a revision that the caller expects.
     *
     * @throws VaultException {@code config_not_found}, {@code conflict}
     */
    public LlmConfiguration remove(Actor actor, ConfigurationName nameOrId, Expected expected) {
        access.require(actor, Permission.KEYS_MANAGE, "llm.remove_key", nameOrId.value());
        return database.write(Scope.tenant(actor.tenant()), tx -> {
            ConfigurationRow row = LlmConfigurations.find(tx, actor, nameOrId);
            expected.check(row.configuration().revision());
            if (row.configuration().key() != null) {
                KeyRow.delete(tx, row);
                audit.append(tx, actor, "llm.remove_key", row.name().value());
            }
            return LlmConfigurations.reread(tx, row);
        });
    }

    /**
     * Opens a configuration's own key for a request to its provider; not when the provider has no request that tells.
     *
     * @throws VaultException {@code config_not_found}; {@code value_required} where it has none and its provider needs
     *     one
     */
    public Opened openForVerification(Actor actor, ConfigurationName nameOrId) {
        access.require(actor, Permission.KEYS_MANAGE, "llm.verify", nameOrId.value());
        return database.write(Scope.tenant(actor.tenant()), tx -> {
            ConfigurationRow row = LlmConfigurations.find(tx, actor, nameOrId);
            Provider provider = catalog.provider(row.configuration().provider().value());
            Recipient recipient = new Recipient(provider, row.configuration().baseUrl());
            Optional<KeyRow> stored = KeyRow.find(tx, row);
            if (stored.isEmpty() && provider.keyFormat().kind() != KeyFormat.Kind.ANY) {
                throw withoutKey(row, provider);
            }
            SecretValue key = stored.filter(any -> provider.modelsList())
                    .map(found -> open(tx, actor, row, found))
                    .orElse(null);
            return new Opened(LlmConfigurations.reread(tx, row), provider, recipient.endpoint(), key);
        });
    }

    /**
     * Writes down what a provider said of a configuration's key; one that has been replaced is left alone.
     *
     * @throws VaultException {@code config_not_found} when the configuration was deleted since
     */
    public LlmConfiguration recordVerification(Actor actor, LlmConfiguration verified, KeyStatus status) {
        access.require(
                actor, Permission.KEYS_MANAGE, "llm.verify", verified.name().value());
        LlmConfiguration.OwnKey asked = verified.key();
        return database.write(Scope.tenant(actor.tenant()), tx -> {
            ConfigurationRow row = LlmConfigurations.again(tx, actor, verified);
            LlmConfiguration.OwnKey present = row.configuration().key();
            if (asked != null && present != null && asked.version() == present.version()) {
                KeyRow.markVerified(tx, row, status, clock.millis());
                audit.append(tx, actor, "llm.verify", row.name().value());
            }
            return LlmConfigurations.reread(tx, row);
        });
    }

    private SecretValue accepted(ConfigurationRow row, SecretValue given) {
        LlmConfiguration.OwnKey present = row.configuration().key();
        Provider provider = catalog.provider(row.configuration().provider().value());
        try {
            return intake.providerKey(provider, given, present == null ? null : present.hint());
        } catch (VaultException e) {
            throw e.withField("api_key");
        }
    }

    private SecretValue open(Transaction tx, Actor actor, ConfigurationRow row, KeyRow key) {
        SecretValue opened = keyrings.of(tx, actor.tenant()).open(key.sealed(), row.place(key.version()));
        KeyRow.markUsed(tx, row, clock.millis());
        audit.append(tx, actor, "llm.reveal", row.name().value());
        return opened;
    }

    private static VaultException withoutKey(ConfigurationRow row, Provider provider) {
        VaultException missing = new VaultException(
                        ErrorCode.VALUE_REQUIRED,
                        "The configuration {} has no key of its own. Set one with set_key, or verify the tenant's key"
                                + " for {} with manage_secrets.",
                        row.name(),
                        provider.displayName())
                .withField("api_key");
        return missing.withNext("chatelaine llm set-key " + row.name());
    }
}
