package dev.chatelaine.vault.store;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Copies a vault's rows, all of all tables, into an empty PostgreSQL database: table after table in the order of their
 * references, and row after row in the order of the key, so many at once. What is there is so always a beginning of the
 * whole, and a copy that was interrupted goes on behind it, once a hash has told that it is a beginning of what the
 * source holds now; if not, it begins anew. The database is no vault before {@link #finish}. For one thread.
 */
public final class DatabaseCopy implements AutoCloseable {
    private static final int MOST_ROWS = 500;
    private static final int MOST_BYTES = 4 << 20;

    private final SqliteSnapshot source;
    private final List<StoredTable> tables;
    private final StoredRow record;
    private final PostgresDraft draft;
    private final Map<String, TableContent> contents = new LinkedHashMap<>();

    private DatabaseCopy(SqliteSnapshot source, List<StoredTable> tables, StoredRow record, PostgresDraft draft) {
        this.source = source;
        this.tables = tables;
        this.record = record;
        this.draft = draft;
    }

    /**
     * Opens the database and makes it this vault's, if it is empty or was before.
     *
     * @throws VaultException {@code conflict} when it holds anything else, or another copy is at work; {@code
     *     vault_unavailable}
     */
    public static DatabaseCopy begin(SqliteSnapshot source, DatabaseLocation.PostgreSql to, Clock clock) {
        List<StoredRow> records = new ArrayList<>();
        source.forEach(vault(source), records::add);
        if (records.size() != 1) {
            throw new VaultException(ErrorCode.INTEGRITY_FAILED, "The database does not hold one vault.");
        }
        List<StoredTable> others = source.tables().stream()
                .filter(table -> !table.name().equals(StoredTable.VAULT))
                .toList();
        PostgresDraft draft = PostgresDraft.open(to.url(), clock, records.get(0), others);
        return new DatabaseCopy(source, others, records.get(0), draft);
    }

    private static StoredTable vault(SqliteSnapshot source) {
        return source.tables().stream()
                .filter(table -> table.name().equals(StoredTable.VAULT))
                .findFirst()
                .orElseThrow();
    }

    /** How many rows there are to copy. */
    public long rows() {
        return tables.stream().mapToLong(source::count).sum();
    }

    /**
     * Copies what is not there yet, and compares everything.
     *
     * @param progress told how many rows are there
     * @return what each table holds, the same on both sides, by the tables' names
     * @throws VaultException {@code integrity_failed} when the sides differ in the end; {@code vault_unavailable}
     */
    public Copied run(LongConsumer progress) {
        long present = tables.stream().mapToLong(this::present).sum();
        if (!pass(progress)) {
            draft.restart(tables);
            present = 0;
            pass(progress);
        }
        for (StoredTable table : tables) {
            if (!draft.content(table).equals(contents.get(table.name()))) {
                throw new VaultException(
                        ErrorCode.INTEGRITY_FAILED,
                        "The table {} is not the same in the new database. It was not made a vault.",
                        table.name());
            }
        }
        RowDigest own = new RowDigest();
        own.add(record);
        contents.put(StoredTable.VAULT, own.content());
        return new Copied(contents, present);
    }

    private long present(StoredTable table) {
        return draft.content(table).rows();
    }

    /** Goes over all tables; false when what is there turns out to be no beginning of them. */
    private boolean pass(LongConsumer progress) {
        long before = 0;
        for (StoredTable table : tables) {
            Pass pass = new Pass(draft.content(table), before, progress);
            source.forEach(table, pass::next);
            if (!pass.end()) {
                return false;
            }
            contents.put(table.name(), pass.digest.content());
            before += pass.digest.content().rows();
        }
        return true;
    }

    /** One run over one table. */
    private final class Pass {
        private final TableContent present;
        private final long before;
        private final LongConsumer progress;
        private final RowDigest digest = new RowDigest();
        private final List<StoredRow> waiting = new ArrayList<>();
        private boolean beginning;
        private long seen;
        private int bytes;

        Pass(TableContent present, long before, LongConsumer progress) {
            this.present = present;
            this.before = before;
            this.progress = progress;
            this.beginning = present.equals(TableContent.NONE);
        }

        void next(StoredRow row) {
            digest.add(row);
            seen++;
            if (seen == present.rows()) {
                beginning = digest.content().equals(present);
            } else if (seen > present.rows() && beginning) {
                waiting.add(row);
                bytes += row.size();
                if (waiting.size() >= MOST_ROWS || bytes >= MOST_BYTES) {
                    write();
                }
            }
        }

        boolean end() {
            if (beginning) {
                write();
            }
            return beginning;
        }

        private void write() {
            if (!waiting.isEmpty()) {
                draft.append(waiting);
                waiting.clear();
                bytes = 0;
            }
            progress.accept(before + seen);
        }
    }

    /**
     * Makes the database a vault, if nobody wrote the source since it was opened; meanwhile nobody can.
     *
     * @return false when somebody wrote; the database is no vault then
     */
    public boolean finish() {
        return source.whileUnchanged(contents, () -> draft.complete(record));
    }

    @Override
    public void close() {
        draft.close();
    }
}
