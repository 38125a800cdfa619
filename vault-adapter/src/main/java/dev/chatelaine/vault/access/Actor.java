package dev.chatelaine.vault.access;

import dev.chatelaine.vault.PlainText;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who acts: a subject of one tenant, with roles, come through a channel.
 *
 * @param subject the person or program, as its issuer names it: 1 to 255 characters (code points), what is
 *     beyond is cut off, and control characters are replaced
 * @param tenant the tenant that everything the actor touches belongs to
 * @param roles what gives the actor its permissions; none gives none
 * @param channel the way in
 * @param client the program that spoke for the actor, such as an MCP host's name, where it is known; the
 *     same holds for it
 */
public record Actor(
        String subject,
        TenantId tenant,
        Set<Role> roles,
        Channel channel,
        @Nullable String client) {
    private static final int LONGEST = 255;

    public Actor {
        if (subject.isBlank()) {
            throw new IllegalArgumentException("an actor has a subject");
        }
        subject = PlainText.of(subject, LONGEST);
        client = client == null ? null : PlainText.of(client, LONGEST);
        roles = Set.copyOf(roles);
    }

    /** Whether one of the actor's roles gives the permission. */
    public boolean may(Permission permission) {
        return roles.stream().anyMatch(role -> role.permissions().contains(permission));
    }

    /** The same actor, seen to speak through a client of this name. */
    public Actor through(@Nullable String clientName) {
        return new Actor(subject, tenant, roles, channel, clientName);
    }

    /** The same actor, at work in another tenant: an operator's work. */
    public Actor in(TenantId other) {
        return new Actor(subject, other, roles, channel, client);
    }
}
