package dev.chatelaine.vault.store;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The prepared statements of one connection, kept for the next time: most units of work are a handful of small
 * statements, which SQLite takes longer to compile than to run, and its driver keeps none. Bound, as its connection, to
 * one thread at a time. What was bound is let go of when a statement is given back.
 */
final class SqliteStatements implements StatementBuilder, Statements {
    /** More than all that is asked often; what is asked least recently makes room. */
    private static final int MOST = 200;

    private final Connection connection;
    private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();
    private final IdentityHashMap<Statement, String> lent = new IdentityHashMap<>();

    SqliteStatements(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Statement create(Connection own, StatementContext context) throws SQLException {
        return own.createStatement();
    }

    @Override
    public PreparedStatement create(Connection own, String sql, StatementContext context) throws SQLException {
        return take(sql);
    }

    @Override
    public PreparedStatement take(String sql) throws SQLException {
        PreparedStatement kept = idle.remove(sql);
        PreparedStatement statement = kept != null ? kept : connection.prepareStatement(sql);
        lent.put(statement, sql);
        return statement;
    }

    @Override
    public CallableStatement createCall(Connection own, String sql, StatementContext context) throws SQLException {
        return own.prepareCall(sql);
    }

    /** {@code asWritten} is not what {@link #create} was given: Jdbi's parameters are names in it. */
    @Override
    public void close(Connection own, String asWritten, Statement statement) throws SQLException {
        if (statement instanceof PreparedStatement prepared) {
            giveBack(prepared);
        } else {
            statement.close();
        }
    }

    @Override
    public void giveBack(PreparedStatement statement) throws SQLException {
        String sql = lent.remove(statement);
        if (sql == null || !isReusable(statement)) {
            statement.close();
            return;
        }
        PreparedStatement twin = idle.put(sql, statement);
        if (twin != null) {
            twin.close();
        }
        makeRoom();
    }

    /** One that a failure has finalized says so here. */
    private static boolean isReusable(PreparedStatement statement) {
        try {
            statement.clearParameters();
            statement.clearBatch();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private void makeRoom() throws SQLException {
        Iterator<PreparedStatement> oldest = idle.values().iterator();
        while (idle.size() > MOST) {
            PreparedStatement statement = oldest.next();
            oldest.remove();
            statement.close();
        }
    }
}
