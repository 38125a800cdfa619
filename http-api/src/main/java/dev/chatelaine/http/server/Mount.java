package dev.chatelaine.http.server;

import jakarta.servlet.Servlet;

/**
 * A servlet behind the chain: it sees requests whose caller is known, under the attribute {@link #ACTOR}, and whose
 * body has come in whole.
 *
 * @param path its only path, such as {@code /mcp}
 * @param servlet it; asynchronous work is supported
 */
public record Mount(String path, Servlet servlet) {
    /** The request attribute with the {@link dev.chatelaine.vault.access.Actor}. */
    public static final String ACTOR = "dev.chatelaine.actor";
}
