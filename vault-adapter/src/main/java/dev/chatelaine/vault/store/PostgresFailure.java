package dev.chatelaine.vault.store;

import com.google.errorprone.annotations.CompileTimeConstant;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.util.Arrays;

/** What a failure of PostgreSQL means for a person, with a next step. Known by SQLSTATE codes, which are
 * patterns here; the first that fits counts. */
enum PostgresFailure {
    ALL_BUSY(
            "All connections to the database {} were in use for too long. Nothing was changed. Try again.",
            "If it happens often, look for slow queries in pg_stat_activity.",
            ""),
    REFUSED_USER(
            "The database {} refused the user or the password. Nothing was changed.",
            "Correct CHATELAINE_DATABASE_URL, or the user's entry in pg_hba.conf.",
            "28.*"),
    NO_DATABASE(
            "There is no database {}. Nothing was changed.",
            "Make it (createdb), or correct CHATELAINE_DATABASE_URL.",
            "3D000"),
    NO_PRIVILEGE(
            "The user may not do in the database {} what Chatelaine needs. Nothing was changed.",
            "Make the user the owner of the database, or grant what docs/postgresql.md lists.",
            "42501"),
    NOT_OURS(
            "The database {} has tables of the same names that are not Chatelaine's, or lacks some. Nothing was"
                    + " changed.",
            "Give Chatelaine a database of its own; if your vault was there, restore it from your backup.",
            "42P0.*|42703|42710"),
    READ_ONLY(
            "The database {} takes no changes at present (it is a standby, or set to read-only). Nothing was changed.",
            "Let CHATELAINE_DATABASE_URL name the primary.",
            "25006"),
    DISK_FULL(
            "The disk of the database {} is full. Nothing was changed.",
            "Free some space on the server and try again.",
            "53100|58030"),
    OUT_OF_MEMORY(
            "The server of the database {} is out of memory. Nothing was changed. Try again later.",
            "Look into the server's log.",
            "53200"),
    TOO_MANY_CONNECTIONS(
            "The database {} takes no more connections. Nothing was changed. Try again later.",
            "Raise max_connections on the server, or run fewer nodes.",
            "53300"),
    TOO_SLOW(
            "The database {} took too long. Nothing was changed. Try again.",
            "If it happens often, look for slow queries and long locks in pg_stat_activity.",
            "57014|55P03|25P03|40.*"),
    STARTING_OR_STOPPING(
            "The database {} is starting or stopping. Nothing was changed. Try again in a moment.",
            "If it stays so, look into the server's log.",
            "57P.*"),
    REJECTED(
            "The database {} refused the connection. Nothing was changed.",
            "Check that CHATELAINE_DATABASE_URL has a password, and that the server speaks TLS where sslmode asks for"
                    + " it.",
            "08004"),
    GONE(
            "The database {} cannot be reached. Nothing was changed. Try again in a moment.",
            "Check that the server runs and that CHATELAINE_DATABASE_URL names it; with TLS, that its certificate is"
                    + " trusted (sslrootcert) and has its name in it.",
            "08.*"),
    DAMAGED(
            "The database {} is damaged. Nothing was changed.",
            "Restore it from your backup, with its root key.",
            "XX001|XX002"),
    NOT_TEXT(
            "A text holds a character that the database {} cannot keep. Nothing was changed.",
            "Leave it out.",
            "22021"),
    OTHER("The database {} failed ({}). Nothing was changed.", "Run `chatelaine doctor`.", ".*");

    @CompileTimeConstant
    private final String message;

    private final String next;
    private final String states;

    PostgresFailure(@CompileTimeConstant final String message, String next, String states) {
        this.message = message;
        this.next = next;
        this.states = states;
    }

    static PostgresFailure of(String state) {
        return Arrays.stream(values())
                .filter(failure -> state.matches(failure.states))
                .findFirst()
                .orElse(OTHER);
    }

    VaultException described(PostgresUrl url, String state) {
        ErrorCode code = this == NOT_TEXT ? ErrorCode.INVALID_FIELD : ErrorCode.VAULT_UNAVAILABLE;
        return new VaultException(code, message, url, state).withNext(next);
    }
}
