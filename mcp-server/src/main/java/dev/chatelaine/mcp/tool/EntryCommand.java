package dev.chatelaine.mcp.tool;

import dev.chatelaine.vault.entry.EntryRequest;
import dev.chatelaine.vault.entry.Purpose;

/** How else a person enters what a call needs. */
final class EntryCommand {
    private EntryCommand() {}

    /** The argument in which a call could have given the value. */
    static String field(EntryRequest request) {
        return request.purpose() == Purpose.SET_KEY ? "api_key" : "value";
    }

    /**
     * The command with which a person enters the value in a terminal. It holds no description: names and categories
     * have no character that a shell would read as anything but text, a description may have any.
     */
    static String of(EntryRequest request) {
        if (request.purpose() == Purpose.SET_KEY) {
            return "chatelaine llm set-key " + request.name();
        }
        String command = "chatelaine secret set " + request.name();
        return request.category() == null
                ? command
                : command + " --category " + request.category().label();
    }
}
