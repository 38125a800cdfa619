package dev.chatelaine.mcp.cli.doctor;

import dev.chatelaine.mcp.cli.desk.Desk;
import dev.chatelaine.mcp.config.Setting;
import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.mcp.local.LocalVault;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.audit.AuditVerification;
import dev.chatelaine.vault.crypto.KeyIds;
import dev.chatelaine.vault.crypto.RootKeySource;
import dev.chatelaine.vault.crypto.RootKeys;
import dev.chatelaine.vault.store.DatabaseInspection;
import dev.chatelaine.vault.store.DatabaseLocation;
import dev.chatelaine.vault.store.ServerInspection;
import dev.chatelaine.vault.tenant.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The vault itself: its file, its root key, whether they belong together, and what is in it. */
final class VaultChecks {
    private final Desk desk;

    VaultChecks(Desk desk) {
        this.desk = desk;
    }

    void make(Checks checks) {
        boolean database =
                checks.make("database", () -> database(desk.settings().database()));
        boolean there = there(database);
        boolean rootKey = checks.make("root key", () -> rootKey(there));
        if (!database || !rootKey || !there) {
            return;
        }
        if (checks.make("vault", this::opens)) {
            checks.make("tenant", () -> tenant(desk.vault()));
            checks.make("audit", () -> audit(desk.vault()));
        }
    }

    /** Whether there is a vault; of a server that cannot be asked it is not known. */
    private boolean there(boolean well) {
        if (!well && desk.settings().given(Setting.DATABASE_URL).isPresent()) {
            return false;
        }
        return desk.settings().database() instanceof DatabaseLocation.PostgreSql server
                ? ServerInspection.of(server).schema() > 0
                : Files.exists(((DatabaseLocation.SqliteFile) desk.settings().database()).path());
    }

    private static Finding database(DatabaseLocation location) throws IOException {
        return location instanceof DatabaseLocation.PostgreSql server
                ? server(server)
                : file(((DatabaseLocation.SqliteFile) location).path());
    }

    private static Finding server(DatabaseLocation.PostgreSql server) {
        ServerInspection seen = ServerInspection.of(server);
        String found = server + ", PostgreSQL " + seen.version() + ", schema " + seen.schema()
                + (seen.encrypted() ? ", under TLS" : ", without TLS");
        if (seen.schema() > seen.knownSchema()) {
            return Finding.bad("database", found + "; this program knows " + seen.knownSchema(), "Update Chatelaine.");
        }
        if (!seen.writable()) {
            return Finding.bad(
                    "database", found + ", takes no changes", "Let CHATELAINE_DATABASE_URL name the primary.");
        }
        return seen.schema() == 0
                ? Finding.note(
                        "database", found + ": no vault yet", "The first secret makes it: chatelaine secret set NAME")
                : Finding.good("database", found);
    }

    private static Finding file(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Finding.note(
                    "database", file + " is not there yet", "The first secret makes it: chatelaine secret set NAME");
        }
        if (!Files.isReadable(file) || !Files.isWritable(file)) {
            return Finding.bad("database", file + " cannot be read and written", "Set its owner and permissions.");
        }
        DatabaseInspection seen = DatabaseInspection.of(file);
        if (!seen.faults().isEmpty()) {
            return Finding.bad(
                    "database", file + " is damaged: " + seen.faults().get(0), "Restore it from your backup.");
        }
        if (seen.schema() == 0) {
            return Finding.bad("database", file + " is not a Chatelaine vault", "Restore it from your backup.");
        }
        if (!Permissions.ownerOnly(file)) {
            return Finding.bad("database", file + " is open to other users", "chmod 600 '" + file + "'");
        }
        String found = file + ", schema " + seen.schema() + ", structure whole";
        return seen.schema() <= seen.knownSchema()
                ? Finding.good("database", found)
                : Finding.bad("database", found + "; this program knows " + seen.knownSchema(), "Update Chatelaine.");
    }

    private Finding rootKey(boolean vaultThere) {
        Settings settings = desk.settings();
        RootKeySource source = LocalVault.rootKey(settings);
        Optional<RootKeys> keys = source.find();
        if (keys.isPresent()) {
            return Finding.good(
                    "root key",
                    source.location() + ", key " + KeyIds.text(keys.get().primaryId()) + " seals");
        }
        return vaultThere
                ? Finding.bad(
                        "root key",
                        source.location() + " is missing",
                        "Restore it from your backup: the vault cannot be opened without it.")
                : Finding.note(
                        "root key",
                        source.location() + " is not there yet",
                        "It is made with the vault; back it up then.");
    }

    private Finding opens() {
        int tenants = desk.vault().tenants().list().size();
        return Finding.good("vault", "opens with this root key; " + tenants + (tenants == 1 ? " tenant" : " tenants"));
    }

    private Finding tenant(Vault vault) {
        Tenant tenant = vault.tenants().get(desk.actor().tenant());
        boolean byok = vault.byok().overview(desk.actor()).plan().byok();
        return Finding.good(
                "tenant",
                tenant.id() + ", plan " + tenant.plan() + (byok ? ", which takes" : ", which does not take")
                        + " keys of your own");
    }

    private static Finding audit(Vault vault) {
        List<AuditVerification> chains = vault.tenants().list().stream()
                .map(tenant -> vault.audit().verify(tenant.id()))
                .toList();
        List<String> faulty = chains.stream()
                .filter(chain -> !chain.clean())
                .map(chain -> chain.tenant().value())
                .toList();
        long events = chains.stream().mapToLong(AuditVerification::events).sum();
        return faulty.isEmpty()
                ? Finding.good("audit", events + " events, all there and unchanged")
                : Finding.bad(
                        "audit",
                        "events were changed or removed in " + String.join(", ", faulty),
                        "chatelaine audit verify");
    }
}
