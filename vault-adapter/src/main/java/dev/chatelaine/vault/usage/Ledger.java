package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.PlainText;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.provider.ProviderId;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Transaction;
import dev.chatelaine.vault.tenant.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reserves what a request may cost at worst, and settles what it did cost. Safe for several threads and processes: of any
 * number of requests at once no more pass than the cap of their key and the quota of their tenant's plan have room for.
 * Calls of one tenant that come together in one process are made in one transaction; a refusal is its caller's alone.
 *
 * <p>A request reserves once before it goes out, exchanges its reservation when another model is to be asked, and settles
 * or releases it in the end. Where the database cannot be reached meanwhile, each of these may be called again until it
 * answers: the request's id makes it count once. A reservation whose deadline has passed is settled with its worst case,
 * as estimated, by whoever opens the vault or calls {@link #sweepEverywhere}; a settlement
 * that comes within {@link #CORRECTED} after that still puts the real amounts in place of those.
 *
 * <p>Any method may fail with {@code vault_unavailable} and {@code integrity_failed}. Requests are no events of the audit:
 * their records are kept beside it.
 */
public final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    /** The most that one request counts for: so many micro-USD (a million US dollars) and so many tokens. */
    public static final long MOST = 1_000_000_000_000L;

    /** The status of a request that nobody came back from. */
    public static final int NOBODY_TOLD = 0;

    /** How long after its deadline a request may still be settled with what it really used. */
    public static final Duration CORRECTED = Duration.ofDays(1);

    private static final int SWEPT_AT_ONCE = 500;

    private final Database database;
    private final AccessPolicy access;
    private final JointBooks books;
    private final Ids ids;
    private final Clock clock;

    /** The ledger of a vault. */
    public Ledger(Database database, Keyrings keyrings, AccessPolicy access, Tenants tenants, Ids ids, Clock clock) {
        this.database = database;
        this.access = access;
        this.books = new JointBooks(database, keyrings, tenants, clock);
        this.ids = ids;
        this.clock = clock;
    }

    /** A new request's id: {@code req_…}. */
    public String newRequestId() {
        return ids.next("req_");
    }

    /**
     * Reserves a request's worst case.
     *
     * @param id the request's, from {@link #newRequestId}
     * @param life how long the request can take at most, with time to settle it
     * @throws dev.chatelaine.vault.VaultException {@code spend_cap_reached}; {@code model_unpriced} for a key with a cap;
     *     {@code pool_quota_exceeded}; {@code gateway_key_not_found} for a key that was deleted meanwhile; {@code
     *     conflict} for an id that was used before; without {@code llm:invoke}, {@code permission_denied}
     */
    public Reservation reserve(Payer payer, String id, Quote quote, Duration life) {
        return reserve(payer, id, quote, life, tx -> Boolean.TRUE).reservation();
    }

    /**
     * Reserves a request's worst case and opens what the request takes in the same transaction, both or neither.
     *
     * @param opening opens it; called where nothing but itself can refuse any more, on any thread, and again where the
     *     database undid what it did. Where it throws, that is thrown here, and nothing is left of what it did
     */
    public <T> Reserved<T> reserve(
            Payer payer, String id, Quote quote, Duration life, Function<Transaction, T> opening) {
        require(payer, quote);
        return books.together(
                payer.actor().tenant(), Set.of(id), book -> book.reserve(row(payer, id, quote, life), opening));
    }

    /**
     * A request that is to be reserved for.
     *
     * @param id the request's, from {@link #newRequestId}
     * @param quote its worst case
     * @param opening as {@link #reserve(Payer, String, Quote, Duration, Function)} has it
     */
    public record Asking<T>(String id, Quote quote, Function<Transaction, T> opening) {}

    /**
     * Reserves for several requests in one transaction, for each as {@link #reserve(Payer, String, Quote, Duration,
     * Function)} does: where one is refused, that is its own affair.
     *
     * @param asking at most one for an id
     */
    public <T> Reservations<T> reserve(Payer payer, List<Asking<T>> asking, Duration life) {
        Map<String, Reservations.Made<T>> made = new HashMap<>();
        List<Asking<T>> allowed = new ArrayList<>();
        for (Asking<T> one : asking) {
            try {
                require(payer, one.quote());
                allowed.add(one);
            } catch (VaultException e) {
                made.put(one.id(), new Reservations.Made<>(null, e));
            }
        }
        List<String> ids = allowed.stream().map(Asking::id).toList();
        made.putAll(books.together(payer.actor().tenant(), ids, book -> reserved(book, payer, allowed, life)));
        return new Reservations<>(made);
    }

    private <T> Map<String, Reservations.Made<T>> reserved(
            Bookkeeping book, Payer payer, List<Asking<T>> asking, Duration life) {
        Map<String, Reservations.Made<T>> made = new HashMap<>();
        for (Asking<T> one : asking) {
            try {
                ReservationRow row = row(payer, one.id(), one.quote(), life);
                made.put(one.id(), new Reservations.Made<>(book.reserve(row, one.opening()), null));
            } catch (JdbiException e) {
                throw e;
            } catch (RuntimeException e) {
                made.put(one.id(), new Reservations.Made<>(null, e));
            }
        }
        return made;
    }

    /**
     * Reserves another worst case for a request, in place of the one it holds, which it keeps when this is refused.
     *
     * @throws dev.chatelaine.vault.VaultException as {@link #reserve}; {@code conflict} where there is no reservation
     */
    public Reservation exchange(Payer payer, String id, Quote quote, Duration life) {
        return exchange(payer, id, quote, life, tx -> Boolean.TRUE).reservation();
    }

    /** As {@link #exchange(Payer, String, Quote, Duration)}, and opens what the request takes in the same transaction. */
    public <T> Reserved<T> exchange(
            Payer payer, String id, Quote quote, Duration life, Function<Transaction, T> opening) {
        require(payer, quote);
        return books.together(
                payer.actor().tenant(),
                Set.of(id),
                book -> book.exchange(id, quote, clock.millis() + life.toMillis(), opening));
    }

    /**
     * Settles a request and writes its record. Called again it changes nothing and answers what is written, so that
     * whoever cannot know whether a call was heard calls again. What was used beyond the reservation is charged as far as
     * the cap has room; the rest is the settlement's {@link Settlement#overrun}.
     *
     * @throws dev.chatelaine.vault.VaultException {@code conflict} where there is neither reservation nor record
     */
    public Settlement settle(TenantId tenant, String id, Outcome outcome) {
        return books.together(tenant, Set.of(id), book -> book.settle(id, outcome));
    }

    /**
     * Settles several requests of a tenant, each as {@link #settle(TenantId, String, Outcome)} does.
     *
     * @param outcomes by the requests' ids
     * @return why those that could not be settled were not, by their ids
     */
    public Map<String, VaultException> settle(TenantId tenant, Map<String, Outcome> outcomes) {
        return books.together(tenant, outcomes.keySet(), book -> {
            Map<String, VaultException> refused = new HashMap<>();
            outcomes.forEach((id, outcome) -> {
                try {
                    book.settle(id, outcome);
                } catch (VaultException e) {
                    refused.put(id, e);
                }
            });
            return refused;
        });
    }

    /**
     * Gives back what a request holds that never went out. Called again, or for one that was never made, it changes
     * nothing.
     *
     * @return whether it held something
     */
    public boolean release(TenantId tenant, String id) {
        return books.together(tenant, Set.of(id), book -> book.release(id));
    }

    /** Writes the record of a request that was refused before anything was reserved. */
    public UsageRecord refused(
            Payer payer,
            String id,
            ProviderId provider,
            String model,
            @Nullable String configuration,
            Outcome outcome) {
        UsageRecord record = new UsageRecord(
                id,
                payer.actor().tenant(),
                Instant.ofEpochMilli(clock.millis() - outcome.latencyMillis()),
                payer.keyId(),
                configuration == null ? null : PlainText.of(configuration, Quote.LONGEST_NAME),
                provider,
                PlainText.of(model, Quote.LONGEST_NAME),
                CredentialSource.NONE,
                outcome.status(),
                outcome.attempts(),
                Tokens.NONE,
                0L,
                outcome.latencyMillis(),
                outcome.firstByteMillis(),
                outcome.streamed(),
                false);
        return books.together(record.tenant(), Set.of(id), book -> book.write(record));
    }

    /**
     * Settles what is overdue in all tenants with its worst case. A tenant's books that cannot be kept are reported in the log,
     * and are no other tenant's concern.
     *
     * @return how many requests that were
     * @throws VaultException {@code vault_unavailable}
     */
    public int sweepEverywhere() {
        long now = clock.millis();
        return database.read(tx -> ReservationRow.tenantsWithOverdue(tx, now)).stream()
                .mapToInt(this::sweepOrReport)
                .sum();
    }

    private int sweepOrReport(TenantId tenant) {
        try {
            return sweep(tenant);
        } catch (RuntimeException e) {
            ErrorCode code = e instanceof VaultException known ? known.code() : null;
            if (code == ErrorCode.VAULT_UNAVAILABLE) {
                throw e;
            }
            LOG.atError()
                    .addKeyValue("tenant", tenant)
                    .addKeyValue("error", e.getClass().getName())
                    .addKeyValue("code", code)
                    .log("a tenant's overdue requests could not be settled");
            return 0;
        }
    }

    /** How many calls of a tenant wait for those under way. */
    int waiting(TenantId tenant) {
        return books.waiting(tenant);
    }

    private int sweep(TenantId tenant) {
        int all = 0;
        int swept;
        do {
            swept = books.alone(tenant, book -> book.sweep(SWEPT_AT_ONCE));
            all += swept;
        } while (swept == SWEPT_AT_ONCE);
        if (all > 0) {
            LOG.atInfo()
                    .addKeyValue("tenant", tenant)
                    .addKeyValue("requests", all)
                    .log("requests that nobody settled are settled with their worst case");
        }
        return all;
    }

    private void require(Payer payer, Quote quote) {
        access.require(payer.actor(), Permission.LLM_INVOKE, "llm.invoke", quote.modelId());
    }

    private ReservationRow row(Payer payer, String id, Quote quote, Duration life) {
        long now = clock.millis();
        return new ReservationRow(id, payer.actor().tenant(), payer.keyId(), quote, now, now + life.toMillis(), false);
    }
}
