package dev.chatelaine.mcp.tool;

import dev.chatelaine.mcp.tool.ToolOutcome.Failed;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one mapping of the domain's errors to the tools' answers. */
final class Failures {
    private Failures() {}

    static Failed of(VaultException e) {
        String code = shown(e.code()).code();
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", e.text());
        StringBuilder text =
                new StringBuilder("Error ").append(code).append(": ").append(e.text());
        if (e.field() != null) {
            error.put("field", e.field());
            text.append("\nField: ").append(e.field());
        }
        if (e.next() != null) {
            error.put("next", e.next());
            text.append("\nNext: ").append(e.next());
        }
        return new Failed(Map.of("error", error), text.toString());
    }

    /** An operator's code means here that the vault is not set up for the caller. */
    private static ErrorCode shown(ErrorCode code) {
        return switch (code) {
            case TENANT_NOT_FOUND, TENANT_EXISTS, PLAN_UNKNOWN, POOL_KEY_NOT_FOUND -> ErrorCode.VAULT_UNAVAILABLE;
            default -> code;
        };
    }
}
