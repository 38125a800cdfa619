package dev.chatelaine.vault.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.chatelaine.vault.PostgresServer;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.rotation.Progress;
import dev.chatelaine.vault.store.DatabaseLocation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A vault with something in every table, and an empty database on a real PostgreSQL. */
abstract class MoveCase {
    static final Progress UNSEEN = (done, whole) -> {};

    @TempDir
    Path folder;

    MovableVault vault;
    DatabaseLocation.PostgreSql target;

    @BeforeEach
    void vaultAndDatabase() {
        vault = new MovableVault(folder).furnish();
        target = MovableVault.empty();
    }

    MoveResult moved() {
        return vault.move().move(vault.file(), target, false, UNSEEN);
    }

    /** Ends a move by what is like a kill from within: nothing is tidied up but the connection. */
    void interrupt() {
        assertThat(catchThrowableOfType(
                        Interruption.class,
                        () -> vault.move().move(vault.file(), target, false, (done, whole) -> {
                            if (done > 5) {
                                interruption();
                            }
                        })))
                .isNotNull();
    }

    void interruption() {
        throw new Interruption();
    }

    /** What ends a move from within. */
    static final class Interruption extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Something that happens at the first step. */
    static Progress once(Runnable event) {
        boolean[] happened = {false};
        return (done, whole) -> {
            if (!happened[0]) {
                happened[0] = true;
                event.run();
            }
        };
    }

    void assertRefused(String words) {
        assertThat(refusal(this::moved).text()).contains(words);
    }

    static VaultException refusal(ThrowingCallable call) {
        VaultException refused = catchThrowableOfType(VaultException.class, call);
        assertThat(refused).as("a refusal").isNotNull();
        return refused;
    }

    String name() {
        return target.toString().substring(target.toString().lastIndexOf('/') + 1);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = PostgresServer.shared().connect(target.toString());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> texts(String query) {
        List<String> texts = new ArrayList<>();
        try (Connection connection = PostgresServer.shared().connect(target.toString());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return texts;
    }
}
