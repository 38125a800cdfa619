package dev.chatelaine.vault.access;

import static dev.chatelaine.vault.access.Permission.AUDIT_READ;
import static dev.chatelaine.vault.access.Permission.GATEWAY_KEYS_MANAGE;
import static dev.chatelaine.vault.access.Permission.INTEGRATIONS_DELETE;
import static dev.chatelaine.vault.access.Permission.INTEGRATIONS_READ;
import static dev.chatelaine.vault.access.Permission.INTEGRATIONS_WRITE;
import static dev.chatelaine.vault.access.Permission.KEYS_MANAGE;
import static dev.chatelaine.vault.access.Permission.LLM_INVOKE;
import static dev.chatelaine.vault.access.Permission.SECRETS_READ;
import static dev.chatelaine.vault.access.Permission.SECRETS_WRITE;
import static dev.chatelaine.vault.access.Permission.SESSIONS_RUN;
import static dev.chatelaine.vault.access.Permission.TENANT_ADMIN;
import static dev.chatelaine.vault.access.Permission.USAGE_READ;

import java.util.Locale;
import java.util.Set;

/** A named set of permissions within a tenant. */
public enum Role {
    VIEWER(SECRETS_READ, INTEGRATIONS_READ),
    MEMBER(SECRETS_READ, SECRETS_WRITE, INTEGRATIONS_READ, INTEGRATIONS_WRITE, SESSIONS_RUN, LLM_INVOKE),
    KEY_MANAGER(SECRETS_READ, SECRETS_WRITE, KEYS_MANAGE, INTEGRATIONS_READ, SESSIONS_RUN, LLM_INVOKE),
    ADMIN(
            SECRETS_READ,
            SECRETS_WRITE,
            KEYS_MANAGE,
            INTEGRATIONS_READ,
            INTEGRATIONS_WRITE,
            SESSIONS_RUN,
            LLM_INVOKE,
            GATEWAY_KEYS_MANAGE,
            AUDIT_READ,
            USAGE_READ),
    OWNER(
            SECRETS_READ,
            SECRETS_WRITE,
            KEYS_MANAGE,
            INTEGRATIONS_READ,
            INTEGRATIONS_WRITE,
            INTEGRATIONS_DELETE,
            SESSIONS_RUN,
            LLM_INVOKE,
            GATEWAY_KEYS_MANAGE,
            AUDIT_READ,
            USAGE_READ,
            TENANT_ADMIN);

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable; its type does not say so
    private final Set<Permission> permissions;

    Role(Permission... permissions) {
        this.permissions = Set.of(permissions);
    }

    /** What the role allows; unmodifiable. */
    public Set<Permission> permissions() {
        return permissions;
    }

    /** The role's name in tokens: {@code key_manager}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
