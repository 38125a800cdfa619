package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.provider.Provider;
import dev.chatelaine.vault.provider.ProviderId;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Opening values for their use, each with an event in the same transaction: no event, no value. The same promises as
 * {@link Secrets}.
 */
public final class SecretUse {
    /** Uses so close to each other are written down as one. */
    private static final Duration SAME_USE = Duration.ofMinutes(1);

    private final Database database;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final SecretFinder finder;
    private final SecretVersions versions;
    private final SecretRows rows;

    /** The uses of a vault's secrets. */
    public SecretUse(SecretParts parts, AccessPolicy access) {
        this.database = parts.database();
        this.audit = parts.audit();
        this.versions = parts.versions();
        this.rows = parts.rows();
        this.finder = new SecretFinder(parts, access);
        this.access = access;
    }

    /** A secret's value, and which version of it. */
    public record Opened(SecretMetadata metadata, SecretValue value) {}

    /**
     * Opens values for a program that runs with them, all or none, in the order of their names.
     *
     * @throws VaultException {@code secret_not_found}; {@code permission_denied} without {@code sessions:run}
     */
    public List<Opened> openForRun(Actor actor, List<SecretName> namesOrIds) {
        namesOrIds.forEach(name -> access.require(actor, Permission.SESSIONS_RUN, "secret.reveal", name.value()));
        return database.write(
                Scope.tenant(actor.tenant()),
                tx -> namesOrIds.stream()
                        .map(nameOrId -> open(tx, actor, finder.living(tx, actor, nameOrId)))
                        .toList());
    }

    /**
     * The provider key that a caller means, which they may have verified. Nothing is opened.
     *
     * @throws VaultException {@code secret_not_found}; {@code invalid_field} when it is not a provider key; {@code
     *     permission_denied} without {@code keys:manage}
     */
    public SecretMetadata toVerify(Actor actor, SecretName nameOrId) {
        requireToVerify(actor, nameOrId);
        SecretMetadata secret =
                database.read(tx -> finder.living(tx, actor, nameOrId)).metadata();
        if (secret.provider() == null) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD,
                            "Only provider keys can be verified: secrets named provider_key_ and the provider.")
                    .withField("name");
        }
        return secret;
    }

    /**
     * Opens a provider key for a request to its provider.
     *
     * @param asked what {@link #toVerify} answered
     * @throws VaultException {@code secret_not_found} when it was deleted since; {@code permission_denied} without
     *     {@code keys:manage}
     */
    public Opened openForVerification(Actor actor, SecretMetadata asked) {
        requireToVerify(actor, asked.name());
        return database.write(
                Scope.tenant(actor.tenant()),
                tx -> open(tx, actor, finder.again(tx, new SecretRow(actor.tenant(), asked))));
    }

    /**
     * Writes down what a provider said of a version of a key; a version that has been replaced is left alone.
     *
     * @throws VaultException {@code secret_not_found} when it was deleted since; {@code permission_denied} without
     *     {@code keys:manage}
     */
    public SecretMetadata recordVerification(Actor actor, SecretMetadata verified, KeyStatus status) {
        requireToVerify(actor, verified.name());
        return database.write(Scope.tenant(actor.tenant()), tx -> {
            SecretRow row = finder.again(tx, new SecretRow(actor.tenant(), verified));
            if (row.metadata().version() == verified.version()) {
                rows.markVerified(tx, row, status);
                audit.append(tx, actor, "secret.verify", row.name().value());
            }
            return finder.reread(tx, row);
        });
    }

    /**
     * Opens the tenant's key of a provider for a request of the actor's. That it was used is written down once a minute.
     *
     * @return the key, or nothing where the tenant has none; whether its plan lets it be used is the caller's to ask
     * @throws VaultException {@code integrity_failed}; without {@code llm:invoke}, {@code permission_denied}
     */
    public Optional<Opened> openForRequest(Transaction tx, Actor actor, Provider provider) {
        access.confirm(actor, Permission.LLM_INVOKE);
        Optional<Opened> opened =
                tx.once(new InUse(this, actor.tenant(), provider.id()), () -> openedForRequests(tx, actor, provider));
        opened.ifPresent(key -> audit.appendAtEnd(
                tx, actor, "secret.reveal", key.metadata().name().value()));
        return opened;
    }

    /** What a transaction knows the key by that all requests of one tenant to one provider have in common. */
    private record InUse(SecretUse use, TenantId tenant, ProviderId provider) {}

    private Optional<Opened> openedForRequests(Transaction tx, Actor actor, Provider provider) {
        return providerKey(tx, actor, provider).map(row -> {
            SecretValue value = versions.open(tx, row);
            rows.markUsedWithin(tx, row, SAME_USE);
            return new Opened(row.metadata(), value);
        });
    }

    /**
     * Writes down what a provider said of the key that a request of the actor's was made with, where it is the tenant's
     * key still and something else is known of it.
     *
     * @param version of the key, as it was opened
     * @param used the key: one that was deleted and entered anew begins with the first version again
     * @throws VaultException without {@code llm:invoke}, {@code permission_denied}
     */
    public void report(
            Transaction tx, Actor actor, Provider provider, long version, SecretValue used, KeyStatus status) {
        access.confirm(actor, Permission.LLM_INVOKE);
        providerKey(tx, actor, provider)
                .filter(row ->
                        row.metadata().version() == version && row.metadata().keyStatus() != status)
                .filter(row -> versions.holds(tx, row, used))
                .ifPresent(row -> {
                    rows.markVerified(tx, row, status);
                    audit.append(tx, actor, "secret.key_status", row.name().value());
                });
    }

    private Optional<SecretRow> providerKey(Transaction tx, Actor actor, Provider provider) {
        return Optional.ofNullable(provider.secretName())
                .flatMap(name -> rows.named(tx, actor.tenant(), new SecretName(name)));
    }

    private void requireToVerify(Actor actor, SecretName nameOrId) {
        access.require(actor, Permission.KEYS_MANAGE, "secret.verify", nameOrId.value());
    }

    private Opened open(Transaction tx, Actor actor, SecretRow row) {
        SecretValue value = versions.open(tx, row);
        rows.markUsed(tx, row);
        audit.append(tx, actor, "secret.reveal", row.name().value());
        return new Opened(finder.reread(tx, row), value);
    }
}
