package dev.chatelaine.mcp.tool;

import java.util.List;

/** What {@code manage_secrets} does. */
enum SecretAction implements Action {
    CREATE(true, "name", "value", "description", "category"),
    UPDATE(true, "name", "value", "description", "category"),
    GET(false, "name"),
    LIST(false, "category", "query", "include_deleted", "limit", "cursor"),
    DELETE(true, "name"),
    RESTORE(true, "name"),
    HISTORY(false, "name"),
    ROLLBACK(true, "name", "version"),
    VERIFY(true, "name");

    static final List<SecretAction> ALL = List.of(values());

    private final boolean mutating;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; its type does not say so
    private final List<String> properties;

    SecretAction(boolean mutating, String... properties) {
        this.mutating = mutating;
        this.properties = List.of(properties);
    }

    @Override
    public boolean mutating() {
        return mutating;
    }

    @Override
    public List<String> properties() {
        return properties;
    }
}
