package dev.chatelaine.mcp.transport;

import dev.chatelaine.vault.access.Actor;
import java.io.PrintWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stream of an HTTP+SSE session, whose first event is the only place where the transport tells the session's id. It
 * is noted before the client can see it. The transport keeps this writer for as long as the session.
 */
final class EndpointWriter extends PrintWriter {
    private static final Pattern ENDPOINT = Pattern.compile("[?&]sessionId=([A-Za-z0-9-]+)");

    private final SessionOwners owners;
    private final Actor actor;
    private boolean told;

    EndpointWriter(PrintWriter stream, SessionOwners owners, Actor actor) {
        super(stream);
        this.owners = owners;
        this.actor = actor;
    }

    @Override
    public void write(String text) {
        note(text);
        super.write(text);
    }

    private void note(String text) {
        Matcher endpoint = ENDPOINT.matcher(text);
        if (!told && endpoint.find()) {
            told = true;
            owners.opened(endpoint.group(1), this, actor);
        }
    }
}
