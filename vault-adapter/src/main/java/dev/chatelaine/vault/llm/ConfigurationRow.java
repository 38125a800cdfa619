package dev.chatelaine.vault.llm;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Kind;
import dev.chatelaine.vault.crypto.Place;
import dev.chatelaine.vault.llm.LlmConfiguration.OwnKey;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.provider.ProviderId;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A configuration as it is on disk.
 *
 * @param ordinal counts the tenant's configurations in the order of their making
 * @param keyVersion how many keys it has had; a key that was removed leaves its number used
 */
record ConfigurationRow(TenantId tenant, LlmConfiguration configuration, long ordinal, long keyVersion) {
    private static final String SEPARATOR = "\n";

    static ConfigurationRow from(TenantId tenant, ResultSet row) throws SQLException {
        String baseUrl = row.getString("base_url");
        return new ConfigurationRow(
                tenant,
                new LlmConfiguration(
                        row.getString("id"),
                        new ConfigurationName(row.getString("name")),
                        new ProviderId(row.getString("provider")),
                        new ModelName(row.getString("model")),
                        baseUrl == null ? null : URI.create(baseUrl),
                        fallbacks(row.getString("fallbacks")),
                        key(row),
                        row.getLong("is_default") == 1,
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        Instant.ofEpochMilli(row.getLong("updated_at"))),
                row.getLong("ordinal"),
                row.getLong("key_version"));
    }

    String id() {
        return configuration.id();
    }

    ConfigurationName name() {
        return configuration.name();
    }

    /** Where a version of its key is sealed. */
    Place place(long version) {
        return new Place(tenant, Kind.LLM_KEY, id(), version);
    }

    /** The fallbacks as one text: none of them holds a line break. */
    String fallbacksText() {
        return String.join(SEPARATOR, configuration.fallbacks().models());
    }

    private static Fallbacks fallbacks(String text) {
        return text.isEmpty() ? Fallbacks.NONE : new Fallbacks(Arrays.asList(text.split(SEPARATOR, -1)));
    }

    private static @Nullable OwnKey key(ResultSet row) throws SQLException {
        String status = row.getString("own_status");
        return status == null
                ? null
                : new OwnKey(
                        row.getLong("own_version"),
                        row.getString("own_hint"),
                        KeyStatus.of(status),
                        instant(row, "own_verified_at"),
                        instant(row, "own_used_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
