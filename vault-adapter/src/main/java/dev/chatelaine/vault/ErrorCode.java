package dev.chatelaine.vault;

import java.util.Locale;

/**
 * Every way in which the vault refuses or fails. The same codes are used by the tools, REST and the command line; each
 * of these edges maps them once.
 */
public enum ErrorCode {
    INVALID_ACTION,
    INVALID_NAME,
    INVALID_VALUE,
    INVALID_FIELD,
    VALUE_REQUIRED,
    VALUE_TOO_LARGE,
    VALUE_IS_MASK,
    VALUE_IN_WRONG_FIELD,
    INLINE_VALUE_DENIED,
    INVALID_PROVIDER_KEY,
    BYOK_NOT_ON_PLAN,
    SECRET_EXISTS,
    SECRET_NOT_FOUND,
    VERSION_NOT_FOUND,
    CONFIG_EXISTS,
    CONFIG_NOT_FOUND,
    BASE_URL_REQUIRED,
    BASE_URL_REFUSED,
    PROVIDER_UNKNOWN,
    PERMISSION_DENIED,
    READ_ONLY,
    ENTRY_DECLINED,
    ENTRY_EXPIRED,
    CONFLICT,
    INTEGRITY_FAILED,
    VAULT_UNAVAILABLE,
    // From here on, those that no tool gives: of bundles and sessions first.
    BUNDLE_EXISTS,
    BUNDLE_NOT_FOUND,
    BUNDLE_QUOTA_EXCEEDED,
    RESERVED_KEY_NAME,
    TOO_MANY_KEYS,
    TOO_MANY_BUNDLES,
    KEY_COLLISION,
    LLM_KEY_MISSING,
    SESSION_NOT_FOUND,
    SECRET_BUNDLE_NOT_FOUND_AT_RESUME,
    SECRET_NOT_FOUND_AT_RESUME,
    GATEWAY_KEY_EXISTS,
    GATEWAY_KEY_NOT_FOUND,
    MODEL_NOT_ALLOWED,
    MODEL_UNPRICED,
    SPEND_CAP_REACHED,
    POOL_QUOTA_EXCEEDED,
    /** Operator's commands only: there is no such tenant. */
    TENANT_NOT_FOUND,
    /** Operator's commands only: the tenant's name is taken. */
    TENANT_EXISTS,
    /** Operator's commands only: the catalogue has no such plan. */
    PLAN_UNKNOWN,
    /** Operator's commands only: the pool has no key of that provider. */
    POOL_KEY_NOT_FOUND;

    /** The code as it is written on the wire, in snake case: {@code secret_not_found}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
