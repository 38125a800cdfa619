package dev.chatelaine.mcp.tool;

import java.util.List;

/** What {@code configure_llm} does. */
enum ConfigurationAction implements Action {
    CREATE(true, "name", "provider", "model", "base_url", "fallbacks", "make_default"),
    LIST(false),
    GET(false, "name"),
    UPDATE(true, "name", "new_name", "provider", "model", "base_url", "fallbacks"),
    DELETE(true, "name"),
    SET_DEFAULT(true, "name"),
    SET_KEY(true, "name", "api_key"),
    REMOVE_KEY(true, "name"),
    VERIFY(true, "name");

    static final List<ConfigurationAction> ALL = List.of(values());

    private final boolean mutating;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; its type does not say so
    private final List<String> properties;

    ConfigurationAction(boolean mutating, String... properties) {
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
