package dev.chatelaine.mcp.cli.migrate;

import dev.chatelaine.vault.move.CheckedVault;
import dev.chatelaine.vault.move.MoveResult;
import dev.chatelaine.vault.store.Copied;
import dev.chatelaine.vault.store.DatabaseLocation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a move brought about, for people and for scripts. */
record Moved(Path file, DatabaseLocation target, MoveResult result) {
    Map<String, @Nullable Object> forScripts() {
        Copied copied = result.copied();
        CheckedVault checked = result.checked();
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("moved", result.moved());
        answer.put("outcome", result.outcome().label());
        answer.put("vault", result.vaultId());
        answer.put("from", file.toString());
        answer.put("to", target.toString());
        answer.put("rows", copied.rows());
        answer.put("rows_from_earlier_run", copied.present());
        answer.put("tenants", checked.tenants());
        answer.put("events", checked.events());
        answer.put("values", checked.values());
        answer.put("faults", checked.faults());
        answer.put("tables", tables(copied));
        answer.put("next", next());
        return answer;
    }

    private static List<Map<String, Object>> tables(Copied copied) {
        List<Map<String, Object>> tables = new ArrayList<>();
        copied.tables().forEach((name, content) -> {
            Map<String, Object> table = new LinkedHashMap<>();
            table.put("name", name);
            table.put("rows", content.rows());
            table.put("sha256", content.sha256());
            tables.add(table);
        });
        return tables;
    }

    void print(PrintWriter out) {
        CheckedVault checked = result.checked();
        out.println(
                switch (result.outcome()) {
                    case MOVED -> "Moved the vault " + result.vaultId() + " to " + target + ".";
                    case FAULTY ->
                        "The vault " + result.vaultId() + " has faults of its own, and was not moved. All of it is in "
                                + target + ", which opens for nobody.";
                    case SOURCE_CHANGED ->
                        "Somebody wrote to " + file + " meanwhile, and so the vault was not moved. What is in " + target
                                + " opens for nobody.";
                });
        out.println("Compared there: " + result.copied().rows() + " rows in "
                + result.copied().tables().size() + " tables, the audit of " + checked.tenants() + " tenants ("
                + checked.events() + " events), " + checked.values() + " sealed values.");
        if (!checked.faults().isEmpty()) {
            out.println("These do not open, or were changed, here as there:");
            checked.faults().forEach(fault -> out.println("  " + fault));
        }
        if (result.moved()) {
            out.println("The file " + file + " is as it was. What is written to it from now on is not in the new"
                    + " database.");
        }
        out.println("Next: " + next());
    }

    private String next() {
        return switch (result.outcome()) {
            case MOVED ->
                "Set CHATELAINE_DATABASE_URL to the new database for every process that uses the vault, with the same"
                        + " root key, and start them again. When all is well, put the file away as a backup.";
            case FAULTY ->
                "Mend what can be mended in the vault as it is, or run the command again with --with-faults.";
            case SOURCE_CHANGED -> "Stop the processes that use the vault, and run the same command again.";
        };
    }
}
