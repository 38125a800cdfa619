package dev.chatelaine.mcp.cli.desk;

import java.io.Console;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The process's own terminal. */
final class ConsolePrompt implements HiddenPrompt {
    private final Console console;

    ConsolePrompt(Console console) {
        this.console = console;
    }

    @Override
    public char @Nullable [] ask(String question) {
        return console.readPassword("%s", question);
    }

    @Override
    public boolean discardRest() {
        Reader reader = console.reader();
        boolean more = false;
        try {
            while (reader.ready() && reader.read() >= 0) {
                more = true;
            }
            return more;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
