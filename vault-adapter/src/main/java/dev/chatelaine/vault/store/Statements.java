package dev.chatelaine.vault.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Where the prepared statements of one connection come from and go back to. As its connection, of one thread at a time. */
interface Statements {
    /** A statement with nothing bound that nobody else has. */
    PreparedStatement take(String sql) throws SQLException;

    /** Ends the use of a statement that was taken. */
    void giveBack(PreparedStatement statement) throws SQLException;

    /** Those of a connection of which nothing is kept, or whose driver does so itself. */
    static Statements of(Connection connection) {
        return new Statements() {
            @Override
            public PreparedStatement take(String sql) throws SQLException {
                return connection.prepareStatement(sql);
            }

            @Override
            public void giveBack(PreparedStatement statement) throws SQLException {
                statement.close();
            }
        };
    }
}
