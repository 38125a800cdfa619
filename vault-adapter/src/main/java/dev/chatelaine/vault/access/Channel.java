package dev.chatelaine.vault.access;

import java.util.Locale;

/** The way in which an actor came. */
public enum Channel {
    MCP,
    REST,
    GATEWAY,
    CLI,
    SESSION;

    /** The channel's name in the audit: {@code mcp}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
