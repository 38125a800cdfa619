package dev.chatelaine.mcp.tool;

import dev.chatelaine.mcp.tool.ToolOutcome.Failed;
import dev.chatelaine.mcp.tool.ToolOutcome.NeedsEntry;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;

/** What a transport answers that has no page to enter values on: an error with the command that a person can type. */
public final class EntryFallback {
    private EntryFallback() {}

    /** {@code value_required} or {@code inline_value_denied}, with the command in {@code next}. */
    public static Failed toError(NeedsEntry needed) {
        EntryRequest request = needed.request();
        VaultException error =
                switch (needed.reason()) {
                    case LEFT_OUT ->
                        new VaultException(
                                ErrorCode.VALUE_REQUIRED,
                                "The value is missing. Nothing was stored. Show the person the command in next: they"
                                        + " type it in a terminal and enter the value there, not in the conversation."
                                        + " Then check with get.");
                    case INLINE_DENIED ->
                        new VaultException(
                                ErrorCode.INLINE_VALUE_DENIED,
                                "This server takes no values from an assistant. Nothing was stored. The value was shown"
                                        + " in the conversation: advise the person to replace it at its source, and to"
                                        + " enter the new one with the command in next. Then check with get.");
                };
        return Failures.of(error.withField(field(request)).withNext(command(request)));
    }

    /** Names and categories have no character that a shell would read as anything but text. */
    private static String command(EntryRequest request) {
        return switch (request.purpose()) {
            case SET_KEY -> "chatelaine llm set-key " + request.name();
            case CREATE_SECRET, UPDATE_SECRET ->
                "chatelaine secret set " + request.name()
                        + (request.category() == null
                                ? ""
                                : " --category " + request.category().label());
        };
    }

    private static String field(EntryRequest request) {
        return request.purpose() == EntryRequest.Purpose.SET_KEY ? "api_key" : "value";
    }
}
