package dev.chatelaine.vault.gatewaykey;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Expected;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.crypto.Credential;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.TenantKeyring;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.store.Transaction;
import dev.chatelaine.vault.usage.KeyMeters;
import dev.chatelaine.vault.usage.KeySpend;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's gateway keys. Whoever makes, reads or changes them needs {@code gateway_keys:manage}; every change writes its
 * event in the same transaction and is in force for the next request on every node. Safe for several threads and processes.
 *
 * <p>Any method may fail with {@code permission_denied}, {@code vault_unavailable} and {@code integrity_failed}.
 */
public final class GatewayKeys {
    /** How long an old key may go on working after a rotation. */
    public static final Duration LONGEST_GRACE = Duration.ofDays(30);

    private static final String PREFIX = "ck_";
    private static final Pattern SHAPE = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");
    private static final int HINT = 4;

    private final Database database;
    private final Keyrings keyrings;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final KeyMeters meters;
    private final KeyTerms terms;
    private final Ids ids;
    private final SecureRandom random;
    private final Clock clock;

    /** The gateway keys of a vault. */
    public GatewayKeys(
            Database database,
            Keyrings keyrings,
            AccessPolicy access,
            AuditLog audit,
            KeyMeters meters,
            Catalog catalog,
            Ids ids,
            SecureRandom random,
            Clock clock) {
        this.database = database;
        this.keyrings = keyrings;
        this.access = access;
        this.audit = audit;
        this.meters = meters;
        this.terms = new KeyTerms(catalog, clock);
        this.ids = ids;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Makes a key.
     *
     * @throws VaultException {@code gateway_key_exists}; {@code invalid_field}, {@code provider_unknown} and {@code
     *     value_in_wrong_field}, naming the field
     */
    public IssuedGatewayKey create(Actor actor, NewGatewayKey asked) {
        require(actor, "create", asked.name());
        GatewayKeyName name = GatewayKeyName.of(asked.name().value());
        Long cap = KeyMeters.checkedCap(asked.spendCapMicroUsd());
        String secret = PREFIX + Credential.generate(random);
        KeyRow row = row(actor, name, asked, secret);
        return database.write(Scope.tenant(actor.tenant()), () -> taken(name), tx -> {
            refuseTaken(tx, actor, name);
            TenantKeyring keyring = keyrings.of(tx, actor.tenant());
            row.insert(tx, keyring);
            new SecretRow(Credential.hash(secret), row.id(), row.tenant(), null).insert(tx, keyring);
            KeySpend spend = meters.open(tx, row.tenant(), row.id(), cap);
            audit.append(tx, actor, "gateway_key.create", name.value());
            return new IssuedGatewayKey(row.metadata(spend, true), secret);
        });
    }

    /**
     * One key.
     *
     * @throws VaultException {@code gateway_key_not_found}
     */
    public GatewayKey get(Actor actor, GatewayKeyName nameOrId) {
        require(actor, "get", nameOrId);
        return database.read(
                tx -> described(tx, actor, List.of(find(tx, actor, nameOrId))).get(0));
    }

    /**
     * A page of the keys by name.
     *
     * @throws VaultException {@code invalid_field} for a cursor that no list gave
     */
    public GatewayKeyPage list(Actor actor, GatewayKeyQuery query) {
        access.require(actor, Permission.GATEWAY_KEYS_MANAGE, "gateway_key.list", "gateway keys");
        KeyCursor after = KeyCursor.parse(query.cursor());
        return database.read(tx -> {
            List<KeyRow.Stored> found = KeyRow.page(tx, actor.tenant(), after, query.limit() + 1);
            if (found.size() <= query.limit()) {
                return new GatewayKeyPage(described(tx, actor, found), null);
            }
            List<GatewayKey> shown = described(tx, actor, found.subList(0, query.limit()));
            return new GatewayKeyPage(
                    shown, KeyCursor.after(shown.get(shown.size() - 1).name()));
        });
    }

    /**
     * Changes a key that is still at a revision that the caller expects. A cap that is lowered below what was spent lets no
     * further request pass; requests under way go on.
     *
     * @throws VaultException {@code gateway_key_not_found}, {@code gateway_key_exists}, {@code conflict}, and what
     *     {@link #create} says
     */
    public GatewayKey change(Actor actor, GatewayKeyName nameOrId, GatewayKeyChange change, Expected expected) {
        require(actor, "update", nameOrId);
        return database.write(Scope.tenant(actor.tenant()), tx -> {
            KeyRow row = intact(tx, actor, nameOrId);
            expected.check(row.revision());
            KeyRow changed = changed(tx, actor, row, change);
            changed.update(tx, keyrings.of(tx, actor.tenant()));
            KeySpend spend = change.spendCapMicroUsd() == null
                    ? meters.of(tx, row.tenant(), row.id())
                    : meters.cap(
                            tx,
                            row.tenant(),
                            row.id(),
                            KeyMeters.checkedCap(change.spendCapMicroUsd().value()));
            audit.append(tx, actor, "gateway_key.update", row.name().value());
            return changed.metadata(spend, true);
        });
    }

    /**
     * Gives a key a new secret. The one it had works through the grace and no longer; so do those from rotations before,
     * unless their own grace ends earlier.
     *
     * @param grace 0 to {@link #LONGEST_GRACE}
     * @throws VaultException {@code gateway_key_not_found}; {@code invalid_field} for another grace
     */
    public IssuedGatewayKey rotate(Actor actor, GatewayKeyName nameOrId, Duration grace) {
        return rotate(actor, nameOrId, grace, Expected.ANY);
    }

    /**
     * Gives a key that is still at a revision that the caller expects a new secret.
     *
     * @throws VaultException {@code conflict} when it is not, and what the other {@code rotate} says
     */
    public IssuedGatewayKey rotate(Actor actor, GatewayKeyName nameOrId, Duration grace, Expected expected) {
        require(actor, "rotate", nameOrId);
        if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD,
                            "The grace is 0 to {} seconds. Nothing was changed.",
                            LONGEST_GRACE.toSeconds())
                    .withField("grace_seconds");
        }
        String secret = PREFIX + Credential.generate(random);
        return database.write(Scope.tenant(actor.tenant()), tx -> {
            KeyRow row = intact(tx, actor, nameOrId);
            expected.check(row.revision());
            long now = clock.millis();
            TenantKeyring keyring = keyrings.of(tx, actor.tenant());
            SecretRow.endBy(tx, keyring, row, now + grace.toMillis(), now);
            new SecretRow(Credential.hash(secret), row.id(), row.tenant(), null).insert(tx, keyring);
            KeyRow rotated = row.rotated(hint(secret), now);
            rotated.update(tx, keyring);
            audit.append(tx, actor, "gateway_key.rotate", row.name().value());
            return new IssuedGatewayKey(rotated.metadata(meters.of(tx, row.tenant(), row.id()), true), secret);
        });
    }

    /**
     * Deletes a key, in force at once: no request begins with it any more, and those under way are settled. What it spent
     * stays in the usage.
     *
     * @return the key as it was
     * @throws VaultException {@code gateway_key_not_found}
     */
    public GatewayKey delete(Actor actor, GatewayKeyName nameOrId) {
        return delete(actor, nameOrId, Expected.ANY);
    }

    /**
     * Deletes a key that is still at a revision that the caller expects.
     *
     * @throws VaultException {@code conflict} when it is not, and what the other {@code delete} says
     */
    public GatewayKey delete(Actor actor, GatewayKeyName nameOrId, Expected expected) {
        require(actor, "delete", nameOrId);
        return database.write(Scope.tenant(actor.tenant()), tx -> {
            KeyRow.Stored stored = find(tx, actor, nameOrId);
            expected.check(stored.row().revision());
            GatewayKey last = described(tx, actor, List.of(stored)).get(0);
            SecretRow.deleteAll(tx, stored.row());
            stored.row().delete(tx, clock.millis());
            if (last.spend() != null) {
                meters.close(tx, stored.row().tenant(), stored.row().id());
            }
            audit.append(tx, actor, "gateway_key.delete", stored.row().name().value());
            return last;
        });
    }

    /** Who comes with a key, where it is one that works now; for any other text, nobody. Nothing is written down. */
    public Optional<GatewayAccess> authenticate(String presented) {
        if (!SHAPE.matcher(presented).matches()) {
            return Optional.empty();
        }
        String hash = Credential.hash(presented);
        long now = clock.millis();
        return database.read(tx -> SecretRow.find(tx, keyrings, hash, now)
                .filter(row -> row.worksAt(now))
                .map(KeyRow::access));
    }

    /**
     * Lets pass what the key may ask; the refusal of anything else is an event.
     *
     * @param modelId a provider and its model: {@code openai/gpt-4.1-mini}
     * @throws VaultException {@code model_not_allowed}
     */
    public void requireAllowed(GatewayAccess caller, String modelId) {
        if (!caller.allows(modelId)) {
            audit.record(caller.actor(), "llm.invoke", modelId);
            throw new VaultException(
                            ErrorCode.MODEL_NOT_ALLOWED,
                            "The gateway key {} may not ask this model. Nothing was asked.",
                            caller.name())
                    .withNext("Ask a model that the key's allowed_models name, or have the key changed.");
        }
    }

    private void require(Actor actor, String verb, GatewayKeyName target) {
        access.require(actor, Permission.GATEWAY_KEYS_MANAGE, "gateway_key." + verb, target.value());
    }

    private KeyRow row(Actor actor, GatewayKeyName name, NewGatewayKey asked, String secret) {
        long now = clock.millis();
        return new KeyRow(
                ids.next("gwk_"),
                actor.tenant(),
                name,
                1,
                terms.models(asked.allowedModels()),
                terms.fallback(asked.fallbackModel()),
                terms.end(asked.expiresAt()),
                hint(secret),
                now,
                actor.subject(),
                now);
    }

    private KeyRow changed(Transaction tx, Actor actor, KeyRow row, GatewayKeyChange change) {
        GatewayKeyName name = row.name();
        if (change.name() != null && !change.name().equals(name)) {
            name = GatewayKeyName.of(change.name().value());
            refuseTaken(tx, actor, name);
        }
        return new KeyRow(
                row.id(),
                row.tenant(),
                name,
                row.revision() + 1,
                change.allowedModels() == null
                        ? row.allowedModels()
                        : terms.models(change.allowedModels().value()),
                change.fallbackModel() == null
                        ? row.fallbackModel()
                        : terms.fallback(change.fallbackModel().value()),
                change.expiresAt() == null
                        ? row.expiresAt()
                        : terms.end(change.expiresAt().value()),
                row.hint(),
                row.createdAt(),
                row.createdBy(),
                clock.millis());
    }

    private List<GatewayKey> described(Transaction tx, Actor actor, List<KeyRow.Stored> found) {
        TenantKeyring keyring = keyrings.of(tx, actor.tenant());
        Map<String, KeySpend> spent = meters.of(
                tx,
                actor.tenant(),
                found.stream().map(stored -> stored.row().id()).toList());
        return found.stream()
                .map(stored -> described(stored, spent.get(stored.row().id()), keyring))
                .toList();
    }

    private static GatewayKey described(KeyRow.Stored stored, @Nullable KeySpend spend, TenantKeyring keyring) {
        return stored.row().metadata(spend, spend != null && stored.isAuthentic(keyring));
    }

    private KeyRow intact(Transaction tx, Actor actor, GatewayKeyName nameOrId) {
        KeyRow.Stored stored = find(tx, actor, nameOrId);
        if (!stored.isAuthentic(keyrings.of(tx, actor.tenant()))) {
            throw new VaultException(
                            ErrorCode.INTEGRITY_FAILED,
                            "The gateway key {} was changed past Chatelaine, and lets nobody in. Nothing was changed.",
                            stored.row().name())
                    .withNext("Delete it, and make another.");
        }
        return stored.row();
    }

    private static KeyRow.Stored find(Transaction tx, Actor actor, GatewayKeyName nameOrId) {
        return KeyRow.find(tx, actor.tenant(), nameOrId).orElseThrow(() -> KeyMeters.unknown(nameOrId.value()));
    }

    private static void refuseTaken(Transaction tx, Actor actor, GatewayKeyName name) {
        if (KeyRow.isTaken(tx, actor.tenant(), name)) {
            throw taken(name);
        }
    }

    private static String hint(String secret) {
        return secret.substring(secret.length() - HINT);
    }

    private static VaultException taken(GatewayKeyName name) {
        return new VaultException(
                        ErrorCode.GATEWAY_KEY_EXISTS,
                        "There is a gateway key {} already. Nothing was changed. Choose another name.",
                        name)
                .withField("name");
    }
}
