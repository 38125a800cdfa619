package dev.chatelaine.vault.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who acts: a subject of one tenant, with roles, come through a channel.
 *
 * @param subject the person or program, as its issuer names it; 1 to 255 characters
 * @param tenant the tenant that everything the actor touches belongs to
 * @param roles what gives the actor its permissions; none gives none
 * @param channel the way in
 * @param client the program that spoke for the actor, such as an MCP host's name, where it is known
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
        subject = shortened(subject);
        client = client == null ? null : shortened(client);
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

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
