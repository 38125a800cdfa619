package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Expected;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.provider.Provider;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's secrets: storing, changing and finding them. Every method asks for the actor's permission, works in the
 * actor's tenant alone and answers with metadata. Safe for several threads and processes.
 *
 * <p>Any of them may fail with {@code permission_denied}, {@code vault_unavailable} and {@code integrity_failed}.
 */
public final class Secrets {
    private final Database database;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final SecretIntake intake;
    private final SecretFinder finder;
    private final SecretVersions versions;
    private final SecretRows rows;
    private final Ids ids;
    private final Clock clock;

    /** The secrets of a vault. */
    public Secrets(SecretParts parts, AccessPolicy access, Ids ids) {
        this.database = parts.database();
        this.audit = parts.audit();
        this.intake = parts.intake();
        this.versions = parts.versions();
        this.rows = parts.rows();
        this.clock = parts.clock();
        this.finder = new SecretFinder(parts, access);
        this.access = access;
        this.ids = ids;
    }

    /**
     * Stores a secret.
     *
     * @throws VaultException {@code secret_exists}, {@code provider_unknown}, {@code byok_not_on_plan}, {@code
     *     invalid_provider_key}, {@code value_is_mask}
     */
    public SecretMetadata create(Actor actor, NewSecret secret) {
        SecretName name = permittedToCreate(actor, secret.name());
        return database.write(Scope.tenant(actor.tenant()), () -> taken(name), tx -> create(tx, actor, secret));
    }

    /**
     * Stores a secret in the transaction of something else, for an actor whom {@link #checkCreate} let pass.
     *
     * @throws VaultException what {@link #create(Actor, NewSecret)} says
     */
    public SecretMetadata create(Transaction tx, Actor actor, NewSecret secret) {
        access.confirm(actor, secret.name().toWrite());
        SecretName name = intake.canonical(secret.name());
        Category category = intake.category(name, secret.category());
        requireByok(tx, actor, name);
        SecretValue value = intake.value(name, secret.value(), null);
        refuseTaken(tx, actor, name);
        SecretRow row = fresh(actor, name, category, secret.description());
        rows.insert(tx, row);
        versions.first(tx, actor, row, value);
        audit.append(tx, actor, "secret.create", name.value());
        return finder.reread(tx, row);
    }

    /**
     * Makes every check of a creation but the value's, and answers the name under which the secret would be kept.
     *
     * @throws VaultException {@code secret_exists}, {@code provider_unknown}, {@code byok_not_on_plan}, {@code
     *     invalid_name}
     */
    public SecretName checkCreate(Actor actor, SecretName given, @Nullable Category category) {
        SecretName name = permittedToCreate(actor, given);
        intake.category(name, category);
        return database.read(tx -> {
            requireByok(tx, actor, name);
            refuseTaken(tx, actor, name);
            return name;
        });
    }

    /**
     * Makes every check of a new value but the value's own, and answers the secret that would get it.
     *
     * @throws VaultException {@code secret_not_found}, {@code byok_not_on_plan}
     */
    public SecretMetadata checkReplace(Actor actor, SecretName nameOrId) {
        SecretRow row = finder.livingToChange(actor, nameOrId, "secret.update");
        return database.read(tx -> {
            requireByok(tx, actor, row.name());
            return row.metadata();
        });
    }

    /**
     * The id of the living secret of a name, which is none itself.
     *
     * @throws VaultException {@code secret_not_found}
     */
    public String idOf(Transaction tx, Actor actor, SecretName name) {
        access.confirm(actor, Permission.SECRETS_READ);
        return rows.named(tx, actor.tenant(), intake.canonical(name))
                .orElseThrow(() -> SecretFinder.unknown(name))
                .id();
    }

    /**
     * Gives a living secret a new value in the transaction of something else, for an actor whom {@link #checkReplace}
     * let pass.
     *
     * @param id of the secret: {@code sec_…}
     * @throws VaultException {@code secret_not_found}, {@code conflict} and, of the value, what {@link #create(Actor,
     *     NewSecret)} says
     */
    public SecretMetadata replace(Transaction tx, Actor actor, String id, SecretValue value, Expected expected) {
        SecretRow row = rows.byId(tx, actor.tenant(), id)
                .filter(found -> found.metadata().deletedAt() == null)
                .orElseThrow(() -> SecretFinder.unknown(new SecretName(id)));
        access.confirm(actor, row.name().toWrite());
        expected.check(row.metadata().version());
        if (replace(tx, actor, row, value)) {
            audit.append(tx, actor, "secret.update", row.name().value());
        }
        return finder.reread(tx, row);
    }

    /**
     * Changes a secret. A value that is the present one makes no version.
     *
     * @throws VaultException {@code secret_not_found} and, of a value, what {@link #create} says
     */
    public SecretMetadata update(Actor actor, SecretName nameOrId, SecretChange change) {
        return update(actor, nameOrId, change, Expected.ANY);
    }

    /**
     * Changes a secret that is still at a version that the caller expects.
     *
     * @throws VaultException {@code conflict} when it is not, and what {@link #update(Actor, SecretName, SecretChange)}
     *     says
     */
    public SecretMetadata update(Actor actor, SecretName nameOrId, SecretChange change, Expected expected) {
        SecretRow meant = finder.livingToChange(actor, nameOrId, "secret.update");
        return database.write(Scope.tenant(actor.tenant()), tx -> {
            SecretRow row = finder.again(tx, meant);
            expected.check(row.metadata().version());
            boolean described = describe(tx, row, change);
            boolean replaced = change.value() != null && replace(tx, actor, row, change.value());
            if (described || replaced) {
                audit.append(tx, actor, "secret.update", row.name().value());
            }
            return finder.reread(tx, row);
        });
    }

    /**
     * A living secret's metadata.
     *
     * @throws VaultException {@code secret_not_found}
     */
    public SecretMetadata get(Actor actor, SecretName nameOrId) {
        access.require(actor, Permission.SECRETS_READ, "secret.get", nameOrId.value());
        return database.read(tx -> finder.living(tx, actor, nameOrId).metadata());
    }

    /**
     * A page of the secrets by name.
     *
     * @throws VaultException {@code invalid_field} for a cursor that no list gave
     */
    public SecretPage list(Actor actor, SecretQuery query) {
        access.require(actor, Permission.SECRETS_READ, "secret.list", "secrets");
        SecretCursor after = SecretCursor.parse(query.cursor());
        List<SecretMetadata> found = database.read(tx -> rows.page(tx, actor.tenant(), query, after).stream()
                .map(SecretRow::metadata)
                .toList());
        if (found.size() <= query.limit()) {
            return new SecretPage(found, null);
        }
        SecretMetadata last = found.get(query.limit() - 1);
        return new SecretPage(
                found.subList(0, query.limit()), SecretCursor.after(last).text());
    }

    private boolean describe(Transaction tx, SecretRow row, SecretChange change) {
        SecretMetadata present = row.metadata();
        Category category =
                change.category() == null ? present.category() : intake.category(row.name(), change.category());
        Description description = change.description() == null ? present.description() : change.description();
        if (category == present.category() && description.equals(present.description())) {
            return false;
        }
        rows.describe(tx, row, category, description);
        return true;
    }

    private boolean replace(Transaction tx, Actor actor, SecretRow row, SecretValue given) {
        requireByok(tx, actor, row.name());
        SecretValue value = intake.value(row.name(), given, row.metadata().hint());
        return versions.replace(tx, actor, row, value);
    }

    private SecretName permittedToCreate(Actor actor, SecretName given) {
        access.require(actor, given.toWrite(), "secret.create", given.value());
        return intake.canonical(given);
    }

    private void requireByok(Transaction tx, Actor actor, SecretName name) {
        if (name.isProviderKey()) {
            intake.requireByok(tx, actor.tenant());
        }
    }

    private void refuseTaken(Transaction tx, Actor actor, SecretName name) {
        if (rows.named(tx, actor.tenant(), name).isPresent()) {
            throw taken(name);
        }
    }

    private SecretRow fresh(Actor actor, SecretName name, Category category, Description description) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        Provider provider = intake.provider(name);
        return new SecretRow(
                actor.tenant(),
                new SecretMetadata(
                        ids.next("sec_"),
                        name,
                        category,
                        description,
                        null,
                        1,
                        now,
                        now,
                        null,
                        null,
                        null,
                        provider == null ? null : provider.id(),
                        KeyStatus.UNVERIFIED,
                        null));
    }

    private static VaultException taken(SecretName name) {
        return new VaultException(
                        ErrorCode.SECRET_EXISTS,
                        "There is a secret {} already. Nothing was changed. Update it to replace its value.",
                        name)
                .withField("name");
    }
}
