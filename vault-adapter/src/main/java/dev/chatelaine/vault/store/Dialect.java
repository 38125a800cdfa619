package dev.chatelaine.vault.store;

import dev.chatelaine.vault.VaultException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** What differs between databases, all of it. Stateless. */
public interface Dialect {

    /** What follows a SELECT that must hold its rows until the transaction ends; empty where writers are alone. */
    String forUpdate();

    /** A statement of a migration as this database needs it. */
    String ddl(String statement);

    /** Whether there is a table of that name where ours are. */
    boolean hasTable(Connection connection, String name) throws SQLException;

    /** What the transaction of a migration's step does first, so that no other process makes the same one. */
    void beginStep(Connection connection) throws SQLException;

    /** What a transaction does about {@link Transaction#announce} before its commit. */
    void announce(Handle handle);

    /** Whether the statement failed because a row with the same unique key is there. */
    boolean uniqueViolation(SQLException e);

    /** What a failure of the database means for a person, with a next step. */
    VaultException unavailable(SQLException e);
}
