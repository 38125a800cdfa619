package dev.chatelaine.vault.signin;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import java.util.List;

/**
 * Somebody who has proved who they are.
 *
 * @param subject the person, as their provider or the operator names them
 * @param memberships the tenants they may work in, each once, at least one; the first is the one they begin in
 */
public record Visitor(String subject, List<Membership> memberships) {
    /** The name of the program in the audit. */
    static final String CLIENT = "console";

    public Visitor {
        memberships = List.copyOf(memberships);
        if (memberships.isEmpty()
                || memberships.stream().map(Membership::tenant).distinct().count() != memberships.size()) {
            throw new IllegalArgumentException("a visitor has tenants, each once");
        }
        subject = actor(subject, memberships.get(0)).subject();
    }

    static Actor actor(String subject, Membership membership) {
        return new Actor(subject, membership.tenant(), membership.roles(), Channel.REST, CLIENT);
    }
}
