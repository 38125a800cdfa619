package dev.chatelaine.vault.access;

/** What an actor may be allowed to do. */
public enum Permission {
    SECRETS_READ("secrets:read"),
    SECRETS_WRITE("secrets:write"),
    KEYS_MANAGE("keys:manage"),
    INTEGRATIONS_READ("integrations:read"),
    INTEGRATIONS_WRITE("integrations:write"),
    INTEGRATIONS_DELETE("integrations:delete"),
    SESSIONS_RUN("sessions:run"),
    LLM_INVOKE("llm:invoke"),
    GATEWAY_KEYS_MANAGE("gateway_keys:manage"),
    AUDIT_READ("audit:read"),
    USAGE_READ("usage:read"),
    TENANT_ADMIN("tenant:admin");

    private final String label;

    Permission(String label) {
        this.label = label;
    }

    /** The permission's name in tokens and messages: {@code secrets:read}. */
    public String label() {
        return label;
    }
}
