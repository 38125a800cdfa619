package dev.chatelaine.vault.store;

import java.io.Serial;
import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;

/** What {@link DirectSql} throws where the database fails; dealt with as Jdbi's own failures are. */
final class StatementFailedException extends JdbiException {
    @Serial
    private static final long serialVersionUID = 1L;

    StatementFailedException(SQLException cause) {
        super("A statement failed.", cause);
    }
}
