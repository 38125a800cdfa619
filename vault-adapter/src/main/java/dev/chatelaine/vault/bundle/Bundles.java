package dev.chatelaine.vault.bundle;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A tenant's bundles. Every method asks for the actor's permission, works in the actor's tenant alone and writes its
 * event in the same transaction. Safe for several threads and processes.
 *
 * <p>Any of them may fail with {@code permission_denied}, {@code vault_unavailable} and {@code integrity_failed}.
 */
public final class Bundles {
    /** So many bundles a tenant has at most. */
    public static final int MOST = 50;

    private final Database database;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final BundleSealer sealer;
    private final BundleFollower follower;
    private final Ids ids;
    private final Clock clock;

    /** The bundles of a vault, with somebody who follows the changes of their values. */
    public Bundles(
            Database database,
            Keyrings keyrings,
            AccessPolicy access,
            AuditLog audit,
            BundleFollower follower,
            Ids ids,
            Clock clock) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.sealer = new BundleSealer(keyrings);
        this.follower = follower;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Makes a bundle.
     *
     * @throws VaultException {@code bundle_exists}; {@code bundle_quota_exceeded} where the tenant has {@link #MOST};
     *     {@code value_in_wrong_field} for a name that looks like a key; without {@code secrets:write}, {@code
     *     permission_denied}
     */
    public Bundle create(Actor actor, BundleName given, BundleValues values) {
        access.require(actor, Permission.SECRETS_WRITE, "bundle.create", given.value());
        BundleName name = BundleName.of(given.value());
        return database.write(Scope.tenant(actor.tenant()), () -> taken(name), tx -> {
            if (BundleRow.named(tx, actor.tenant(), name).isPresent()) {
                throw taken(name);
            }
            BundleRow row = new BundleRow(actor.tenant(), ids.next("bun_"), freeSlot(tx, actor), name, 1, now(), null);
            row.insert(tx, actor.subject());
            sealer.first(tx, row, values);
            audit.append(tx, actor, "bundle.create", name.value());
            return row.bundle(List.copyOf(values.values().keySet()));
        });
    }

    /**
     * Replaces all of a bundle's values. Once this returns, every running session that has the bundle has the new
     * values; of values that are the same, nobody is told.
     *
     * @throws VaultException {@code bundle_not_found}; without {@code secrets:write}, {@code permission_denied}
     */
    public Bundle replace(Actor actor, BundleName name, BundleValues values) {
        access.require(actor, Permission.SECRETS_WRITE, "bundle.replace", name.value());
        return database.write(Scope.tenant(actor.tenant()), tx -> {
            BundleRow row = find(tx, actor, name);
            BundleChange change = sealer.replace(tx, row, values);
            row.rotated(tx, change.isNone() ? row.generation() : row.generation() + 1, now());
            audit.append(tx, actor, "bundle.replace", name.value());
            if (!change.isNone()) {
                follower.changed(tx, change);
            }
            return described(tx, find(tx, actor, name));
        });
    }

    /**
     * One bundle's metadata.
     *
     * @throws VaultException {@code bundle_not_found}; without {@code secrets:read}, {@code permission_denied}
     */
    public Bundle get(Actor actor, BundleName name) {
        access.require(actor, Permission.SECRETS_READ, "bundle.get", name.value());
        return database.read(tx -> described(tx, find(tx, actor, name)));
    }

    /**
     * All bundles by name: at most {@link #MOST}.
     *
     * @throws VaultException without {@code secrets:read}, {@code permission_denied}
     */
    public List<Bundle> list(Actor actor) {
        access.require(actor, Permission.SECRETS_READ, "bundle.list", "bundles");
        return database.read(tx -> {
            Map<String, List<KeyName>> keys = BundleValueRow.keys(tx, actor.tenant());
            return BundleRow.list(tx, actor.tenant()).stream()
                    .map(row -> row.bundle(keys.getOrDefault(row.id(), List.of())))
                    .toList();
        });
    }

    /**
     * Deletes a bundle for good. Sessions that were given its values keep them until they stop.
     *
     * @return the bundle as it was
     * @throws VaultException {@code bundle_not_found}; without {@code secrets:write}, {@code permission_denied}
     */
    public Bundle delete(Actor actor, BundleName name) {
        access.require(actor, Permission.SECRETS_WRITE, "bundle.delete", name.value());
        return database.write(Scope.tenant(actor.tenant()), tx -> {
            BundleRow row = find(tx, actor, name);
            Bundle last = described(tx, row);
            row.delete(tx);
            audit.append(tx, actor, "bundle.delete", name.value());
            return last;
        });
    }

    /**
     * Opens the values of bundles for a program that runs with them, all or none, in the order of the names and then of
     * the keys. Each bundle that is opened is an event of its own.
     *
     * @throws VaultException {@code bundle_not_found}; without {@code sessions:run}, {@code permission_denied}
     */
    public List<OpenedValue> openForRun(Actor actor, List<BundleName> names) {
        names.forEach(name -> access.require(actor, Permission.SESSIONS_RUN, "bundle.reveal", name.value()));
        return database.write(
                Scope.tenant(actor.tenant()),
                tx -> names.stream().flatMap(name -> open(tx, actor, name)).toList());
    }

    /**
     * What there is to be said where a bundle is missing.
     *
     * @return {@code bundle_not_found}, of the field {@code name}
     */
    public static VaultException unknown(BundleName name) {
        return new VaultException(
                        ErrorCode.BUNDLE_NOT_FOUND, "There is no bundle {}. List the bundles to see their names.", name)
                .withField("name");
    }

    private Stream<OpenedValue> open(Transaction tx, Actor actor, BundleName name) {
        BundleRow row = find(tx, actor, name);
        audit.append(tx, actor, "bundle.reveal", name.value());
        return BundleValueRow.list(tx, row).stream()
                .map(value -> new OpenedValue(name, value.key(), sealer.open(tx, value.value())));
    }

    private static BundleRow find(Transaction tx, Actor actor, BundleName name) {
        return BundleRow.named(tx, actor.tenant(), name).orElseThrow(() -> unknown(name));
    }

    private static Bundle described(Transaction tx, BundleRow row) {
        return row.bundle(
                BundleValueRow.list(tx, row).stream().map(BundleValueRow::key).toList());
    }

    private static long freeSlot(Transaction tx, Actor actor) {
        List<Long> taken = BundleRow.slots(tx, actor.tenant());
        return LongStream.rangeClosed(1, MOST)
                .filter(slot -> !taken.contains(slot))
                .findFirst()
                .orElseThrow(Bundles::tooMany);
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private static VaultException tooMany() {
        return new VaultException(
                ErrorCode.BUNDLE_QUOTA_EXCEEDED,
                "The tenant has {} bundles, and that is the most. Nothing was stored. Delete one that is no longer"
                        + " used.",
                MOST);
    }

    private static VaultException taken(BundleName name) {
        return new VaultException(
                        ErrorCode.BUNDLE_EXISTS,
                        "There is a bundle {} already. Nothing was changed. Replace its values, or choose another"
                                + " name.",
                        name)
                .withField("name");
    }
}
