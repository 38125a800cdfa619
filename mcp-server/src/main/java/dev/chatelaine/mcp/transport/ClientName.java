package dev.chatelaine.mcp.transport;

import io.modelcontextprotocol.spec.McpSchema.Implementation;
import org.jspecify.annotations.Nullable;

/** What a host calls itself, fit for an audit row and a person's eyes. Nothing vouches for it. */
final class ClientName {
    static final int LONGEST = 100;

    private ClientName() {}

    /**
     * The host's name without control, formatting and other invisible characters, at most {@link #LONGEST} characters;
     * null where nothing is left of it.
     */
    static @Nullable String of(@Nullable Implementation client) {
        if (client == null) {
            return null;
        }
        StringBuilder name = new StringBuilder();
        client.name().codePoints().filter(ClientName::isVisible).limit(LONGEST).forEach(name::appendCodePoint);
        String shown = name.toString().strip();
        return shown.isEmpty() ? null : shown;
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
