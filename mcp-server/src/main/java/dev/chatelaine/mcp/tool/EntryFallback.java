package dev.chatelaine.mcp.tool;

import dev.chatelaine.mcp.tool.ToolOutcome.Failed;
import dev.chatelaine.mcp.tool.ToolOutcome.NeedsEntry;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.entry.EntryRequest;

/** What is answered where no page can be opened: an error with the command that a person can type. */
public final class EntryFallback {
    private EntryFallback() {}

    /** {@code value_required} or {@code inline_value_denied}, with the command in {@code next}. */
    public static Failed toError(NeedsEntry needed) {
        EntryRequest request = needed.request();
        String after = request.description() == null ? "check with get" : "add the description with update";
        VaultException error = switch (needed.reason()) {
            case LEFT_OUT ->
                new VaultException(
                        ErrorCode.VALUE_REQUIRED,
                        "The value is missing, and nothing was stored. Show the person the command in next:"
                                + " they type it in a terminal and enter the value there, never in the"
                                + " conversation. When they say it is done, {}.",
                        after);
            case INLINE_DENIED ->
                new VaultException(
                        ErrorCode.INLINE_VALUE_DENIED,
                        "No value from an assistant is taken here, and nothing was stored. This one was in the"
                                + " conversation: advise the person to replace it at its source and to enter"
                                + " the new one with the command in next. When they say it is done, {}.",
                        after);
        };
        return Failures.of(error.withField(EntryCommand.field(request)).withNext(EntryCommand.of(request)));
    }
}
