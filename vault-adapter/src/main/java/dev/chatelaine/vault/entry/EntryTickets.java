package dev.chatelaine.vault.entry;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.crypto.Credential;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.llm.LlmKeys;
import dev.chatelaine.vault.provider.ProviderKeys;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.secret.Secrets;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.store.Transaction;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entry tickets. Each lasts {@link #LIFE} and is good for one value, stored by its own subject in its own tenant on the
 * page that it was opened for. Safe for several threads and processes.
 *
 * <p>Whoever comes with a ticket that is used, declined, expired, of another page, tenant or subject, or made up, gets
 * one and the same {@code entry_expired}, and changes nothing: the ticket of another stays as it is. Any method may
 * fail with {@code permission_denied}, {@code vault_unavailable} and {@code integrity_failed}.
 */
public final class EntryTickets {
    private static final Logger LOG = LoggerFactory.getLogger(EntryTickets.class);

    /** How long a ticket can be used. */
    public static final Duration LIFE = Duration.ofMinutes(10);

    /** How many tickets one subject may have open in a tenant. */
    public static final int MOST_OPEN = 50;

    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final Database database;
    private final Keyrings keyrings;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final SecretTarget secrets;
    private final KeyTarget keys;
    private final Ids ids;
    private final SecureRandom random;
    private final Clock clock;

    /** The tickets of a vault. */
    public EntryTickets(
            Database database,
            Keyrings keyrings,
            AccessPolicy access,
            AuditLog audit,
            Secrets secrets,
            LlmKeys keys,
            ProviderKeys providerKeys,
            Ids ids,
            SecureRandom random,
            Clock clock) {
        this.database = database;
        this.keyrings = keyrings;
        this.access = access;
        this.audit = audit;
        this.secrets = new SecretTarget(secrets, providerKeys);
        this.keys = new KeyTarget(keys);
        this.ids = ids;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Opens a ticket for the actor, once every check was made that storing would make but for the value's own.
     *
     * @throws VaultException what storing would be refused with; {@code conflict} where the actor has
     *     {@link #MOST_OPEN} open tickets
     */
    public OpenedTicket open(Actor actor, EntryPage page, EntryRequest request) {
        Awaited awaited = target(request.purpose()).check(actor, request);
        String secret = Credential.generate(random);
        TicketRow row = row(actor, page, request, awaited, secret);
        database.write(Scope.tenant(actor.tenant()), tx -> {
            expire(tx, actor);
            if (TicketRow.countOpen(tx, actor) >= MOST_OPEN) {
                throw tooMany();
            }
            TicketRow.deleteExpiredBefore(tx, clock.millis() - REMEMBERED.toMillis());
            row.insert(tx, keyrings);
            audit.append(tx, actor, "entry.open", row.request().name());
            return row;
        });
        return new OpenedTicket(row.ticket(), secret);
    }

    /** In which tenant a ticket stores, to one who has it; nothing where there is none. */
    public Optional<TenantId> tenantOf(String secret) {
        String hash = Credential.hash(secret);
        return database.read(tx -> TicketRow.byHash(tx, keyrings, hash)).map(TicketRow::tenant);
    }

    /**
     * What the page of a ticket shows. Looking changes nothing: a link preview may.
     *
     * @throws VaultException {@code entry_expired}; not found where what the value is for is gone
     */
    public EntryView look(Actor visitor, EntryPage page, String secret) {
        TicketRow ticket = usable(visitor, page, secret);
        Awaited present = target(ticket.request().purpose()).present(visitor, ticket);
        Description description = ticket.request().description();
        return new EntryView(
                ticket.ticket(),
                present,
                present.revision() != ticket.revision(),
                description == null ? null : description.text());
    }

    /**
     * Stores the value and ends the ticket, both or neither: a value that is refused leaves the ticket open.
     *
     * @param replacing the {@link Awaited#revision} that the person saw and decided to replace; null for the one that
     *     the ticket was opened for
     * @throws VaultException {@code entry_expired}; {@code conflict} or {@code secret_exists} when somebody else stored
     *     something since; what storing refuses values for
     */
    public EntryTicket use(Actor visitor, EntryPage page, String secret, SecretValue value, @Nullable Long replacing) {
        TicketRow seen = usable(visitor, page, secret);
        EntryTarget target = target(seen.request().purpose());
        access.require(
                visitor, target.toStore(seen), "entry.use", seen.request().name());
        Optional<EntryTicket> used = database.write(Scope.tenant(visitor.tenant()), tx -> {
            if (!seen.isOpen(clock.millis()) || !seen.end(tx, TicketState.USED)) {
                return Optional.empty();
            }
            target.store(tx, visitor, seen, value, replacing);
            audit.append(tx, visitor, "entry.use", seen.request().name());
            return Optional.of(seen.ticket());
        });
        return used.orElseThrow(() -> refused(visitor, seen));
    }

    /**
     * How far a ticket of the actor's has come, by its id.
     *
     * @throws VaultException {@code entry_expired} where the actor has no such ticket
     */
    public TicketState stateOf(Actor actor, String id) {
        TicketRow row = own(actor, id);
        if (row.state() == TicketState.OPEN && !row.isOpen(clock.millis())) {
            database.write(Scope.tenant(actor.tenant()), tx -> {
                expire(tx, actor);
                return row;
            });
            return own(actor, id).state();
        }
        return row.state();
    }

    /**
     * Ends a ticket of the actor's that nobody wants any more, and answers how it ended: perhaps it was used before.
     *
     * @throws VaultException {@code entry_expired} where the actor has no such ticket
     */
    public TicketState decline(Actor actor, String id) {
        TicketRow row = own(actor, id);
        database.write(Scope.tenant(actor.tenant()), tx -> {
            if (row.end(tx, TicketState.DECLINED)) {
                audit.append(tx, actor, "entry.decline", row.request().name());
            }
            return row;
        });
        return own(actor, id).state();
    }

    /** Writes down which tickets of all tenants have expired unused; a damaged tenant keeps no other from it. */
    public void expireEverywhere() {
        long now = clock.millis();
        database.read(tx -> TicketRow.tenantsWithOverdue(tx, now)).forEach(tenant -> expireUnlessDamaged(tenant, now));
    }

    private void expireUnlessDamaged(TenantId tenant, long now) {
        try {
            database.write(Scope.tenant(tenant), tx -> {
                TicketRow.overdue(tx, tenant, now).forEach(row -> expired(tx, row));
                return tenant;
            });
        } catch (VaultException e) {
            if (e.code() != ErrorCode.INTEGRITY_FAILED) {
                throw e;
            }
            LOG.atWarn().addKeyValue("tenant", tenant).log("expired tickets are not audited: the tenant is damaged");
        }
    }

    private TicketRow usable(Actor visitor, EntryPage page, String secret) {
        String hash = Credential.hash(secret);
        TicketRow row =
                database.read(tx -> TicketRow.byHash(tx, keyrings, hash)).orElseThrow(EntryTickets::unusable);
        if (!row.isFor(visitor, page) || !row.isOpen(clock.millis())) {
            throw refused(visitor, row);
        }
        return row;
    }

    /** The refusal of a ticket that there is; it is an event of the ticket's tenant, whoever came. */
    private VaultException refused(Actor visitor, TicketRow row) {
        audit.record(visitor.in(row.tenant()), "entry.use", row.request().name());
        return unusable();
    }

    private TicketRow own(Actor actor, String id) {
        return database.read(tx -> TicketRow.byId(tx, actor.tenant(), id))
                .filter(row -> row.subject().equals(actor.subject()))
                .orElseThrow(EntryTickets::unusable);
    }

    private void expire(Transaction tx, Actor actor) {
        TicketRow.overdue(tx, actor.tenant(), clock.millis()).forEach(row -> expired(tx, row));
    }

    private void expired(Transaction tx, TicketRow row) {
        if (row.end(tx, TicketState.EXPIRED)) {
            Actor asked = new Actor(
                    row.subject(),
                    row.tenant(),
                    Set.of(),
                    Channel.valueOf(row.channel().toUpperCase(Locale.ROOT)),
                    row.client());
            audit.append(tx, asked, "entry.expire", row.request().name());
        }
    }

    private TicketRow row(Actor actor, EntryPage page, EntryRequest request, Awaited awaited, String secret) {
        long now = clock.millis();
        EntryRequest canonical =
                new EntryRequest(request.purpose(), awaited.name(), request.category(), request.description());
        return new TicketRow(
                ids.next("etk_"),
                Credential.hash(secret),
                actor.tenant(),
                actor.subject(),
                actor.channel().label(),
                actor.client(),
                page,
                canonical,
                awaited.recordId(),
                awaited.revision(),
                TicketState.OPEN,
                now,
                now + LIFE.toMillis());
    }

    private EntryTarget target(Purpose purpose) {
        return purpose == Purpose.SET_KEY ? keys : secrets;
    }

    private static VaultException unusable() {
        return new VaultException(
                ErrorCode.ENTRY_EXPIRED,
                "This link cannot be used: it was used already, has expired, or is for somebody else. Nothing was"
                        + " stored. Ask for a new link.");
    }

    private static VaultException tooMany() {
        return new VaultException(
                ErrorCode.CONFLICT,
                "You have {} entry pages open. Finish one of them, or wait until they expire.",
                MOST_OPEN);
    }
}
