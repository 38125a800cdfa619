package dev.chatelaine.mcp.cli.desk;

import dev.chatelaine.mcp.host.SetupException;
import dev.chatelaine.mcp.runtime.ServerRefusedException;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.provider.InvalidCatalogException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failure in words.
 *
 * @param code the error code, the same as the tools'
 * @param message what is wrong
 * @param field the input at fault, where there is one
 * @param next what to do, where the message does not say it
 */
public record Refusal(
        String code,
        String message,
        @Nullable String field,
        @Nullable String next) {

    /** The words for what a command threw; of what nobody foresaw only its kind is told. */
    public static Refusal of(Exception e) {
        if (e instanceof VaultException known) {
            return new Refusal(known.code().code(), known.text(), known.field(), known.next());
        }
        if (e instanceof ToolRefusedException refused) {
            Facts error = refused.error();
            return new Refusal(
                    String.valueOf(error.text("code")),
                    String.valueOf(error.text("message")),
                    error.text("field"),
                    error.text("next"));
        }
        if (e instanceof ServerRefusedException refused) {
            return new Refusal(
                    Table.printable(refused.code()),
                    Table.printable(String.valueOf(refused.getMessage())),
                    refused.field(),
                    refused.next() == null ? null : Table.printable(refused.next()));
        }
        if (e instanceof SetupException setup) {
            return new Refusal("invalid_field", String.valueOf(setup.getMessage()), null, setup.next());
        }
        if (e instanceof InvalidCatalogException catalog) {
            return new Refusal(
                    "invalid_field",
                    "The catalogue has a mistake. " + catalog.getMessage(),
                    null,
                    "Correct the file that CHATELAINE_CATALOG names, or unset it.");
        }
        return new Refusal(
                "vault_unavailable",
                "Something failed that should not have (" + e.getClass().getSimpleName() + ").",
                null,
                "chatelaine doctor");
    }

    Map<String, String> forScripts() {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        if (field != null) {
            error.put("field", field);
        }
        if (next != null) {
            error.put("next", next);
        }
        return error;
    }
}
