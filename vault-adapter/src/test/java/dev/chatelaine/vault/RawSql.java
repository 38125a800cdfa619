package dev.chatelaine.vault;

import java.util.List;
import java.util.regex.Pattern;

/** What the tests' raw SQL, which is SQLite's, is on PostgreSQL. */
final class RawSql {
    /** A hash of each table's rows. */
    static final String POSTGRES_ROWS = "SELECT relname || md5(query_to_xml('SELECT * FROM ' || relname, true, false,"
            + " '')::text) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1";

    private static final String WITHOUT_CHECKS = "DO $$ DECLARE c record; BEGIN"
            + " FOR c IN SELECT conrelid::regclass AS t, conname FROM pg_constraint WHERE contype = 'c'"
            + " AND connamespace = 'public'::regnamespace"
            + " LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.t, c.conname); END LOOP; END $$";

    private static final Pattern ZEROS = Pattern.compile("zeroblob\\(([^()]*(?:\\([^()]*\\))?)\\)");
    private static final Pattern BYTES = Pattern.compile("\\bx'([0-9a-fA-F]*)'");
    private static final Pattern HEX = Pattern.compile("\\bhex\\((\\w+)\\)");
    private static final Pattern COLUMNS = Pattern.compile("pragma_table_info\\('(\\w+)'\\)");
    private static final Pattern TRIGGER =
            Pattern.compile("CREATE TRIGGER (\\w+) BEFORE INSERT ON (\\w+) BEGIN SELECT RAISE\\(\\w+, '\\w+'\\); END");
    private static final Pattern AFTERWARDS =
            Pattern.compile("CREATE TRIGGER (\\w+) AFTER (\\w+) ON (\\w+) BEGIN (.*); END");
    private static final Pattern NO_TRIGGER = Pattern.compile("DROP TRIGGER \\w+");

    private RawSql() {}

    /** What lets a connection write what no check would. */
    static List<String> unchecked(boolean postgres) {
        return postgres
                ? List.of(WITHOUT_CHECKS)
                : List.of("PRAGMA busy_timeout=20000", "PRAGMA ignore_check_constraints=ON");
    }

    static String forPostgres(String sql) {
        String adapted = sql.replace("json_group_array(", "json_agg(")
                .replace("json_array(", "json_build_array(")
                .replace("BEGIN IMMEDIATE", "BEGIN")
                .replace("PRAGMA foreign_keys=OFF", "SET session_replication_role = replica");
        adapted = ZEROS.matcher(adapted).replaceAll("decode(repeat('00', ($1)::int), 'hex')");
        adapted = BYTES.matcher(adapted).replaceAll("'\\\\x$1'::bytea");
        adapted = HEX.matcher(adapted).replaceAll("upper(encode($1, 'hex'))");
        adapted = COLUMNS.matcher(adapted)
                .replaceAll("(SELECT column_name AS name FROM information_schema.columns WHERE table_name = '$1'"
                        + " ORDER BY ordinal_position) AS columns");
        adapted = TRIGGER.matcher(adapted)
                .replaceAll("CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN RAISE EXCEPTION ''no''; END';"
                        + " CREATE TRIGGER $1 BEFORE INSERT ON $2 EXECUTE FUNCTION refuse()");
        adapted = AFTERWARDS
                .matcher(adapted)
                .replaceAll("CREATE FUNCTION $1() RETURNS trigger LANGUAGE plpgsql AS"
                        + " \\$f\\$BEGIN $4; RETURN NULL; END\\$f\\$;"
                        + " CREATE TRIGGER $1 AFTER $2 ON $3 FOR EACH ROW EXECUTE FUNCTION $1()");
        return NO_TRIGGER.matcher(adapted).replaceAll("DROP FUNCTION refuse() CASCADE");
    }
}
