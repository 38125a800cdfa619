package dev.chatelaine.vault.announcement;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.store.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The announcements on disk. The counter's row stays locked from an announcement until its transaction ends, so that
 * announcements become visible in the order of their numbers, and none is skipped by whoever reads. Safe for several
 * threads and processes.
 */
public final class Announcements {
    /** So long an announcement is kept. Who is further behind looks at everything. */
    public static final Duration KEPT = Duration.ofMinutes(10);

    private final Clock clock;

    /** The announcements of a vault. */
    public Announcements(Clock clock) {
        this.clock = clock;
    }

    /** Announces a change in its transaction, as the last thing that is done in it: other tenants' wait from here on. */
    public void append(Transaction tx, TenantId tenant, String sourceId) {
        tx.update("UPDATE announcement_head SET revision = revision + 1").execute();
        tx.update("INSERT INTO announcements (revision, tenant, source_id, at)"
                        + " SELECT revision, :tenant, :source, :now FROM announcement_head")
                .bind("tenant", tenant.value())
                .bind("source", sourceId)
                .bind("now", clock.millis())
                .execute();
        tx.update("DELETE FROM announcements WHERE at < :before")
                .bind("before", clock.millis() - KEPT.toMillis())
                .execute();
        tx.announce();
    }

    /** The number of the last announcement; 0 before the first. */
    public long last(Transaction tx) {
        return tx.query("SELECT revision FROM announcement_head")
                .mapTo(Long.class)
                .one();
    }

    /** The announcements after a number, in order, as far as they are kept. */
    public List<Announcement> after(Transaction tx, long revision) {
        return tx.query("SELECT revision, tenant, source_id FROM announcements WHERE revision > :revision"
                        + " ORDER BY revision")
                .bind("revision", revision)
                .map((row, context) ->
                        new Announcement(row.getLong(1), new TenantId(row.getString(2)), row.getString(3)))
                .list();
    }
}
