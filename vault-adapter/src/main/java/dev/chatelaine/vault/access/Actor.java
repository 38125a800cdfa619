package dev.chatelaine.vault.access;

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
    private static final int REPLACEMENT = 0xFFFD;

    public Actor {
        if (subject.isBlank()) {
            throw new IllegalArgumentException("an actor has a subject");
        }
        subject = shown(subject);
        client = client == null ? null : shown(client);
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

    /** As every database gives it back: the audit's codes are made over it. */
    private static String shown(String text) {
        int[] points = text.codePoints()
                .map(point -> Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE
                        ? REPLACEMENT
                        : point)
                .limit(LONGEST)
                .toArray();
        return new String(points, 0, points.length);
    }
}
