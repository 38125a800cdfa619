package dev.chatelaine.vault.session;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.Kind;
import dev.chatelaine.vault.crypto.Place;
import dev.chatelaine.vault.crypto.PlacedValue;
import dev.chatelaine.vault.crypto.SealedValue;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.crypto.TenantKeyring;
import dev.chatelaine.vault.store.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The snapshots: what sessions were given, sealed for each of them alone. */
final class SessionValues {
    private final Keyrings keyrings;

    SessionValues(Keyrings keyrings) {
        this.keyrings = keyrings;
    }

    /** Something that a session is given in its present revision. */
    record Gift(SessionRow session, Given given) {
        Place place() {
            return SessionValues.place(session, given.key(), session.revision());
        }
    }

    /** Writes what sessions of one tenant are given, all of it with one statement; each value is opened once. */
    void give(Transaction tx, TenantId tenant, Collection<Gift> gifts) {
        TenantKeyring keyring = keyrings.of(tx, tenant);
        PreparedBatch batch = tx.batch("INSERT INTO session_values (record, session_id, tenant, key_name, version,"
                + " source_id, sealed, key_id) VALUES (:record, :session, :tenant, :key, :version, :source, :sealed,"
                + " :keyId) ON CONFLICT (record) DO UPDATE SET version = :version, source_id = :source,"
                + " sealed = :sealed, key_id = :keyId");
        IdentityHashMap<PlacedValue, List<Gift>> copies = new IdentityHashMap<>();
        for (Gift gift : gifts) {
            if (gift.given() instanceof Given.Copied copied) {
                copies.computeIfAbsent(copied.value(), value -> new ArrayList<>())
                        .add(gift);
            } else if (gift.given() instanceof Given.Stated stated) {
                add(batch, gift, keyring.seal(stated.value(), gift.place()));
            } else {
                add(batch, gift, null);
            }
        }
        copies.forEach((value, to) -> copy(batch, keyring, value, to));
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    /** What sessions of one tenant hold, by their ids, as it is sealed. */
    static Map<String, List<Held>> held(Transaction tx, TenantId tenant, Map<String, SessionRow> sessions) {
        return tx
                .query("SELECT session_id, key_name, version, sealed FROM session_values WHERE session_id IN (<ids>)"
                        + " AND tenant = :tenant AND sealed IS NOT NULL")
                .bindList("ids", List.copyOf(sessions.keySet()))
                .bind("tenant", tenant.value())
                .map((row, context) -> {
                    SessionRow session = Objects.requireNonNull(sessions.get(row.getString("session_id")), "asked for");
                    KeyName key = new KeyName(row.getString("key_name"));
                    return new Held(
                            session.id(), key, place(session, key, row.getLong("version")), row.getBytes("sealed"));
                })
                .stream()
                .collect(Collectors.groupingBy(Held::sessionId));
    }

    /** A value that a session holds. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Held(String sessionId, KeyName key, Place place, byte[] sealed) {
        /**
         * Opens it.
         *
         * @throws dev.chatelaine.vault.VaultException {@code integrity_failed}
         */
        SecretValue open(TenantKeyring keyring) {
            return keyring.open(new SealedValue(sealed), place);
        }
    }

    /** The keys that sessions hold, by the sessions' ids. */
    static Map<String, List<KeyName>> keys(Transaction tx, Collection<String> sessionIds) {
        Map<String, List<KeyName>> keys = new HashMap<>();
        if (!sessionIds.isEmpty()) {
            tx.query("SELECT session_id, key_name FROM session_values WHERE session_id IN (<ids>)"
                            + " AND sealed IS NOT NULL ORDER BY session_id, key_name")
                    .bindList("ids", new ArrayList<>(sessionIds))
                    .map((row, context) -> Map.entry(row.getString(1), new KeyName(row.getString(2))))
                    .forEach(row -> keys.computeIfAbsent(row.getKey(), id -> new ArrayList<>())
                            .add(row.getValue()));
        }
        return keys;
    }

    /** The keys that got another value, came or went after a revision of their session. */
    static List<KeyName> changedAfter(Transaction tx, SessionRow session, long revision) {
        return tx.query("SELECT key_name FROM session_values WHERE session_id = :session AND tenant = :tenant"
                        + " AND version > :revision ORDER BY key_name")
                .bind("session", session.id())
                .bind("tenant", session.tenant().value())
                .bind("revision", revision)
                .map((row, context) -> new KeyName(row.getString(1)))
                .list();
    }

    /** Where the values of some keys are from, in the running sessions that have a source, by the values' records. */
    static Map<String, String> sources(Transaction tx, TenantId tenant, String sourceId, Collection<KeyName> keys) {
        Map<String, String> sources = new HashMap<>();
        tx.query("SELECT record, source_id FROM session_values WHERE tenant = :tenant AND key_name IN (<keys>)"
                        + " AND session_id IN (SELECT x.session_id FROM session_sources x"
                        + " WHERE x.source_id = :source AND x.tenant = :tenant)")
                .bind("tenant", tenant.value())
                .bind("source", sourceId)
                .bindList("keys", keys.stream().map(KeyName::value).toList())
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(row -> sources.put(row.getKey(), row.getValue()));
        return sources;
    }

    /** Destroys all that a session was given. */
    static void destroy(Transaction tx, SessionRow session) {
        tx.update("DELETE FROM session_values WHERE session_id = :session")
                .bind("session", session.id())
                .execute();
    }

    static String record(SessionRow session, KeyName key) {
        return session.id() + "/" + key;
    }

    private static Place place(SessionRow session, KeyName key, long revision) {
        return new Place(session.tenant(), Kind.SESSION_SNAPSHOT, record(session, key), revision);
    }

    private static void copy(PreparedBatch batch, TenantKeyring keyring, PlacedValue value, List<Gift> to) {
        List<SealedValue> sealed =
                keyring.reseal(value, to.stream().map(Gift::place).toList());
        for (int i = 0; i < to.size(); i++) {
            add(batch, to.get(i), sealed.get(i));
        }
    }

    private static void add(PreparedBatch batch, Gift gift, @Nullable SealedValue sealed) {
        batch.bind("record", gift.place().recordId())
                .bind("session", gift.session().id())
                .bind("tenant", gift.session().tenant().value())
                .bind("key", gift.given().key().value())
                .bind("version", gift.session().revision())
                .bind("source", gift.given().sourceId())
                .bind("sealed", sealed == null ? null : sealed.bytes())
                .bind("keyId", sealed == null ? null : sealed.keyId())
                .add();
    }
}
