package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Kind;
import dev.chatelaine.vault.crypto.Place;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.provider.ProviderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A secret as it is on disk, and whose it is. */
record SecretRow(TenantId tenant, SecretMetadata metadata) {

    static SecretRow from(TenantId tenant, ResultSet row) throws SQLException {
        String provider = row.getString("provider");
        return new SecretRow(
                tenant,
                new SecretMetadata(
                        row.getString("id"),
                        new SecretName(row.getString("name")),
                        Category.valueOf(row.getString("category").toUpperCase(Locale.ROOT)),
                        new Description(row.getString("description")),
                        row.getString("hint"),
                        row.getLong("version"),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        Instant.ofEpochMilli(row.getLong("updated_at")),
                        instant(row, "last_used_at"),
                        instant(row, "deleted_at"),
                        instant(row, "purge_at"),
                        provider == null ? null : new ProviderId(provider),
                        KeyStatus.of(row.getString("key_status")),
                        instant(row, "last_verified_at")));
    }

    String id() {
        return metadata.id();
    }

    SecretName name() {
        return metadata.name();
    }

    /** Where this version's value is sealed. */
    Place place(long version) {
        return new Place(tenant, Kind.SECRET, id(), version);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
