package dev.chatelaine.http.problem;

import dev.chatelaine.vault.ErrorCode;

/** The HTTP status of every code of the vault. */
final class ErrorStatus {
    private ErrorStatus() {}

    static int of(ErrorCode code) {
        return switch (code) {
            case INVALID_ACTION,
                    INVALID_NAME,
                    INVALID_VALUE,
                    INVALID_FIELD,
                    VALUE_REQUIRED,
                    VALUE_IS_MASK,
                    VALUE_IN_WRONG_FIELD,
                    INVALID_PROVIDER_KEY,
                    BASE_URL_REQUIRED,
                    BASE_URL_REFUSED,
                    PROVIDER_UNKNOWN,
                    RESERVED_KEY_NAME,
                    TOO_MANY_KEYS,
                    TOO_MANY_BUNDLES,
                    KEY_COLLISION,
                    LLM_KEY_MISSING,
                    MODEL_UNPRICED,
                    PLAN_UNKNOWN -> 400;
            case SPEND_CAP_REACHED -> 402;
            case INLINE_VALUE_DENIED,
                    BYOK_NOT_ON_PLAN,
                    PERMISSION_DENIED,
                    READ_ONLY,
                    TENANT_NOT_FOUND,
                    MODEL_NOT_ALLOWED -> 403;
            case SECRET_NOT_FOUND,
                    VERSION_NOT_FOUND,
                    CONFIG_NOT_FOUND,
                    BUNDLE_NOT_FOUND,
                    SESSION_NOT_FOUND,
                    GATEWAY_KEY_NOT_FOUND,
                    POOL_KEY_NOT_FOUND -> 404;
            case SECRET_EXISTS,
                    CONFIG_EXISTS,
                    BUNDLE_EXISTS,
                    GATEWAY_KEY_EXISTS,
                    TENANT_EXISTS,
                    CONFLICT,
                    ENTRY_DECLINED -> 409;
            case ENTRY_EXPIRED -> 410;
            case VALUE_TOO_LARGE -> 413;
            case BUNDLE_QUOTA_EXCEEDED, POOL_QUOTA_EXCEEDED -> 429;
            case INTEGRITY_FAILED -> 500;
            case SECRET_BUNDLE_NOT_FOUND_AT_RESUME, SECRET_NOT_FOUND_AT_RESUME -> 502;
            case VAULT_UNAVAILABLE -> 503;
        };
    }
}
