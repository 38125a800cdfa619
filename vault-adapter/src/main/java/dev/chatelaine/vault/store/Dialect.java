package dev.chatelaine.vault.store;

import dev.chatelaine.vault.VaultException;
import java.sql.SQLException;

/** What differs between databases, all of it. Stateless. */
public interface Dialect {

    /** What follows a SELECT that must hold its rows until the transaction ends; empty where writers are alone. */
    String forUpdate();

    /** Whether the statement failed because a row with the same unique key is there. */
    boolean uniqueViolation(SQLException e);

    /** What a failure of the database means for a person, with a next step. */
    VaultException unavailable(SQLException e);
}
