package dev.chatelaine.mcp.cli.desk;

import org.jspecify.annotations.Nullable;

/** Asks the person at the terminal for something that nobody else shall see. */
public interface HiddenPrompt {
    /**
     * Shows the question and reads one line without showing it.
     *
     * @return the line, which the caller wipes; null at the end of input
     */
    char @Nullable [] ask(String question);

    /** Whether more lines were typed or pasted than were asked for; they are thrown away then. */
    boolean discardRest();
}
