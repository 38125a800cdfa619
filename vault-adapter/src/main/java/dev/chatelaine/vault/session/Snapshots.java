package dev.chatelaine.vault.session;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.announcement.Announcements;
import dev.chatelaine.vault.bundle.BundleChange;
import dev.chatelaine.vault.bundle.BundleFollower;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.bundle.SealedBundle;
import dev.chatelaine.vault.bundle.SealedBundles;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.PlacedValue;
import dev.chatelaine.vault.secret.SecretFollower;
import dev.chatelaine.vault.store.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the running sessions' snapshots up to date. A change of a bundle or a secret makes one new revision of each
 * session that it is seen in, in its own transaction, and is announced there. Stateless; safe for several threads.
 */
public final class Snapshots implements BundleFollower, SecretFollower {
    private final SessionRows rows;
    private final SessionValues values;
    private final SealedBundles bundles;
    private final Announcements announcements;

    /** The snapshots of a vault. */
    public Snapshots(Keyrings keyrings, SealedBundles bundles, Announcements announcements) {
        this.rows = new SessionRows(keyrings);
        this.values = new SessionValues(keyrings);
        this.bundles = bundles;
        this.announcements = announcements;
    }

    @Override
    public void changed(Transaction tx, BundleChange change) {
        List<SessionRow> sessions = rows.runningWith(tx, change.tenant(), change.bundleId()).stream()
                .filter(session -> session.definition().hasBundle(change.bundleId()))
                .toList();
        if (sessions.isEmpty()) {
            return;
        }
        Set<KeyName> touched = new TreeSet<>(change.stored().keySet());
        touched.addAll(change.removed());
        Map<String, String> sources = SessionValues.sources(tx, change.tenant(), change.bundleId(), touched);
        Fallbacks fallbacks = new Fallbacks(tx, change.tenant());
        give(tx, change.tenant(), change.bundleId(), sessions, session -> given(change, session, sources, fallbacks));
    }

    @Override
    public void renewed(Transaction tx, String secretId, PlacedValue value) {
        TenantId tenant = value.place().tenant();
        List<SessionRow> sessions = rows.runningWith(tx, tenant, secretId);
        give(
                tx,
                tenant,
                secretId,
                sessions,
                session -> session.definition().keysOf(secretId).stream()
                        .map(key -> (Given) new Given.Copied(key, secretId, value))
                        .toList());
    }

    /** Gives each session what there is for it, as its next revision. */
    private void give(
            Transaction tx,
            TenantId tenant,
            String sourceId,
            List<SessionRow> sessions,
            Function<SessionRow, List<Given>> forSession) {
        List<SessionRow> changed = new ArrayList<>();
        List<SessionValues.Gift> gifts = new ArrayList<>();
        for (SessionRow session : sessions) {
            List<Given> given = forSession.apply(session);
            if (!given.isEmpty()) {
                SessionRow next = session.nextRevision();
                changed.add(next);
                given.forEach(one -> gifts.add(new SessionValues.Gift(next, one)));
            }
        }
        if (!changed.isEmpty()) {
            values.give(tx, tenant, gifts);
            rows.raise(tx, changed);
            announcements.append(tx, tenant, sourceId);
        }
    }

    private static List<Given> given(
            BundleChange change, SessionRow session, Map<String, String> sources, Fallbacks fallbacks) {
        Definition definition = session.definition();
        int precedence = definition.precedence(change.bundleId());
        List<Given> given = new ArrayList<>();
        change.stored().forEach((key, value) -> {
            String present = sources.getOrDefault(SessionValues.record(session, key), Definition.NOTHING);
            if (precedence <= definition.precedence(present)) {
                given.add(new Given.Copied(key, change.bundleId(), value));
            }
        });
        for (KeyName key : change.removed()) {
            if (change.bundleId().equals(sources.get(SessionValues.record(session, key)))) {
                given.add(fallbacks.after(definition, precedence, key));
            }
        }
        return given;
    }

    /** What other bundles have under a key that one has no more. */
    private final class Fallbacks {
        private final Transaction tx;
        private final TenantId tenant;
        private final Map<String, Optional<SealedBundle>> found = new HashMap<>();

        Fallbacks(Transaction tx, TenantId tenant) {
            this.tx = tx;
            this.tenant = tenant;
        }

        Given after(Definition definition, int precedence, KeyName key) {
            for (Definition.Source source : definition.bundles()) {
                PlacedValue value = definition.precedence(source.id()) > precedence ? value(source, key) : null;
                if (value != null) {
                    return new Given.Copied(key, source.id(), value);
                }
            }
            return new Given.Gone(key);
        }

        private @Nullable PlacedValue value(Definition.Source source, KeyName key) {
            return found.computeIfAbsent(source.id(), id -> bundles.byId(tx, tenant, id))
                    .map(bundle -> bundle.values().get(key))
                    .orElse(null);
        }
    }
}
