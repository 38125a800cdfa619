package dev.chatelaine.vault.session;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.announcement.Announcements;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.crypto.Credential;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.store.Transaction;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tenant's sessions, for those who start and stop them. Every method asks for {@code sessions:run}, works in the
 * actor's tenant alone and writes its event in the same transaction. Safe for several threads and processes.
 *
 * <p>Any of them may fail with {@code permission_denied}, {@code vault_unavailable} and {@code integrity_failed}.
 */
public final class Sessions {
    /** How long a runtime's token can be used; a session that nobody resumed stops then. */
    public static final Duration TOKEN_LIFE = Duration.ofHours(24);

    private static final Pattern ID = Pattern.compile("ses_[a-z0-9]{1,60}");
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final Database database;
    private final Keyrings keyrings;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final Gatherer gatherer;
    private final Announcements announcements;
    private final SessionRows rows;
    private final SessionValues values;
    private final Ids ids;
    private final SecureRandom random;
    private final Clock clock;

    /** The sessions of a vault, whose models are in this catalogue and may be at these addresses. */
    public Sessions(
            SessionParts parts,
            AccessPolicy access,
            Catalog catalog,
            EndpointPolicy endpoints,
            Ids ids,
            SecureRandom random) {
        this.database = parts.database();
        this.keyrings = parts.keyrings();
        this.audit = parts.audit();
        this.gatherer = new Gatherer(parts.bundles(), parts.secrets(), catalog, endpoints);
        this.announcements = parts.announcements();
        this.rows = parts.rows();
        this.values = parts.values();
        this.clock = parts.clock();
        this.access = access;
        this.ids = ids;
        this.random = random;
    }

    /**
     * Starts a session with a snapshot of the values that it names, and makes the token of its runtime.
     *
     * @throws VaultException {@code bundle_not_found}, {@code secret_not_found}, {@code key_collision}, {@code
     *     llm_key_missing}, {@code provider_unknown}, {@code base_url_required}, {@code base_url_refused}
     */
    public StartedSession start(Actor actor, NewSession asked) {
        access.require(actor, Permission.SESSIONS_RUN, "session.create", asked.agent());
        return database.write(Scope.tenant(actor.tenant()), tx -> {
            Gathering gathering = gatherer.gather(tx, actor.tenant(), asked);
            SessionRow row = new SessionRow(
                    actor.tenant(),
                    ids.next("ses_"),
                    SessionStatus.RUNNING,
                    1,
                    gathering.definition(asked.agent(), asked.template(), asked.userId()),
                    now(),
                    actor.subject(),
                    null);
            rows.insert(tx, row);
            audit.append(tx, actor, "session.create", row.id());
            return begin(tx, row, gathering);
        });
    }

    /**
     * A page of the sessions, the newest first.
     *
     * @throws VaultException {@code invalid_field} for a cursor that no list gave
     */
    public SessionPage list(Actor actor, SessionQuery query) {
        access.require(actor, Permission.SESSIONS_RUN, "session.list", "sessions");
        SessionCursor after = SessionCursor.parse(query.cursor());
        return database.read(tx -> {
            List<SessionRow.Stored> found = rows.page(tx, actor.tenant(), query, after);
            return SessionPage.of(tx, keyrings.of(tx, actor.tenant()), found, query.limit());
        });
    }

    /**
     * One session.
     *
     * @throws VaultException {@code session_not_found}
     */
    public Session get(Actor actor, String id) {
        access.require(actor, Permission.SESSIONS_RUN, "session.get", shown(id));
        return database.read(tx -> described(tx, find(tx, actor, id)));
    }

    /**
     * Stops a session: its values and its token are destroyed. One that is stopped stays so.
     *
     * @throws VaultException {@code session_not_found}
     */
    public Session stop(Actor actor, String id) {
        access.require(actor, Permission.SESSIONS_RUN, "session.stop", shown(id));
        return database.write(Scope.tenant(actor.tenant()), tx -> {
            SessionRow row = find(tx, actor, id);
            if (row.isRunning()) {
                audit.append(tx, actor, "session.stop", row.id());
                end(tx, row);
            }
            return described(tx, find(tx, actor, id));
        });
    }

    /**
     * Gives a stopped session a new snapshot of its bundles, found by their names, and its secrets, found by their ids,
     * and a new token. When it fails, nothing has changed.
     *
     * @throws VaultException {@code session_not_found}; {@code conflict} for one that runs; {@code
     *     secret_bundle_not_found_at_resume}, {@code secret_not_found_at_resume}; {@code key_collision}, {@code
     *     llm_key_missing} and of its model what {@link #start} says
     */
    public StartedSession resume(Actor actor, String id) {
        access.require(actor, Permission.SESSIONS_RUN, "session.resume", shown(id));
        return database.write(Scope.tenant(actor.tenant()), tx -> {
            SessionRow row = find(tx, actor, id);
            if (row.isRunning()) {
                throw running();
            }
            Definition before = row.definition();
            Gathering gathering = gatherer.gatherAgain(tx, actor.tenant(), before);
            SessionRow resumed = row.resumed(gathering.definition(before.agent(), before.template(), before.userId()));
            rows.resume(tx, resumed);
            audit.append(tx, actor, "session.resume", row.id());
            return begin(tx, resumed, gathering);
        });
    }

    /**
     * Stops the sessions of all tenants whose tokens have expired, each with {@code session.expire} in the audit. A
     * damaged tenant keeps no other from it.
     *
     * @return how many that were
     */
    public int expireEverywhere() {
        return database.read(tx -> rows.tenantsWithOverdue(tx, clock.millis())).stream()
                .mapToInt(this::expireUnlessDamaged)
                .sum();
    }

    private int expireUnlessDamaged(TenantId tenant) {
        try {
            return database.write(Scope.tenant(tenant), tx -> {
                List<SessionRow> overdue = rows.overdue(tx, tenant, clock.millis());
                for (SessionRow row : overdue) {
                    audit.append(tx, row.actor(), "session.expire", row.id());
                    end(tx, row);
                }
                return overdue.size();
            });
        } catch (VaultException e) {
            if (e.code() != ErrorCode.INTEGRITY_FAILED) {
                throw e;
            }
            LOG.atWarn().addKeyValue("tenant", tenant).log("expired sessions are not stopped: the tenant is damaged");
            return 0;
        }
    }

    private StartedSession begin(Transaction tx, SessionRow row, Gathering gathering) {
        values.give(tx, row.tenant(), gathering.gifts(row));
        String token = TokenRow.PREFIX + Credential.generate(random);
        Instant expiresAt = now().plus(TOKEN_LIFE);
        TokenRow.of(row, token, expiresAt).insert(tx, keyrings);
        return new StartedSession(described(tx, row), token, expiresAt);
    }

    private void end(Transaction tx, SessionRow row) {
        SessionValues.destroy(tx, row);
        TokenRow.revoke(tx, row);
        rows.stop(tx, row, now());
        announcements.append(tx, row.tenant(), row.id());
    }

    private SessionRow find(Transaction tx, Actor actor, String id) {
        return rows.find(tx, actor.tenant(), id).orElseThrow(Sessions::unknown);
    }

    private static Session described(Transaction tx, SessionRow row) {
        return row.session(SessionValues.keys(tx, List.of(row.id())).getOrDefault(row.id(), List.of()));
    }

    /** What is no id is not written down: it may be anything. */
    private static String shown(String id) {
        return ID.matcher(id).matches() ? id : "unknown";
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private static VaultException unknown() {
        return new VaultException(
                        ErrorCode.SESSION_NOT_FOUND, "There is no such session. List the sessions to see their ids.")
                .withField("id");
    }

    private static VaultException running() {
        return new VaultException(
                ErrorCode.CONFLICT, "The session runs. Nothing was changed. Stop it first if it is to begin anew.");
    }
}
