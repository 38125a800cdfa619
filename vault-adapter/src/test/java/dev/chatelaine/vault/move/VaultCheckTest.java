package dev.chatelaine.vault.move;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.crypto.VaultIdentity;
import dev.chatelaine.vault.store.SqliteSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("sqlite")
class VaultCheckTest {
    @TempDir
    Path folder;

    /** A column that a migration adds is found by itself: whatever it holds has to be opened where it is. */
    @Test
    void whateverIsSealedIsOpened() throws IOException, SQLException {
        MovableVault vault = new MovableVault(folder).furnish();
        assertThat(faults(vault)).isEmpty();
        Path kept = Files.copy(vault.file(), folder.resolve("kept.db"));

        List<String[]> columns = sealedColumns(vault);

        assertThat(columns).hasSizeGreaterThan(7);
        for (String[] column : columns) {
            Files.copy(kept, vault.file(), StandardCopyOption.REPLACE_EXISTING);
            String name = column[1];
            vault.sql("UPDATE " + column[0] + " SET " + name + " = CAST(" + name + " || x'5a' AS BLOB) WHERE " + name
                    + " IS NOT NULL");
            assertThat(faults(vault)).as(column[0] + "." + column[1]).isNotEmpty();
        }
    }

    private static List<String> faults(MovableVault vault) {
        try (SqliteSnapshot snapshot = SqliteSnapshot.open(vault.file())) {
            VaultIdentity.Opened opened = VaultIdentity.openExisting(snapshot, vault.rootKey());
            VaultCheck check = new VaultCheck(snapshot, opened, Clock.systemUTC(), new SecureRandom());
            long values = check.values();
            CheckedVault checked = check.run(done -> {});
            assertThat(checked.faults().isEmpty() ? checked.values() : values).isEqualTo(values);
            return checked.faults();
        }
    }

    /** Codes are compared with the rest of their rows; the proof of the root key is looked at first of all. */
    private static List<String[]> sealedColumns(MovableVault vault) throws SQLException {
        List<String[]> columns = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + vault.file());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT t.name, c.name FROM sqlite_master t,"
                        + " pragma_table_info(t.name) c WHERE t.type = 'table' AND c.type = 'BYTEA'"
                        + " AND c.name NOT IN ('mac', 'root_check')")) {
            while (rows.next()) {
                columns.add(new String[] {rows.getString(1), rows.getString(2)});
            }
        }
        return columns;
    }
}
