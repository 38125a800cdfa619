package dev.chatelaine.vault.signin;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Somebody's being signed in.
 *
 * @param id what the audit knows it by; of no use to get in
 * @param subject the person
 * @param memberships the tenants they may work in, by name
 * @param tenant the one they work in now, which is among them
 * @param expiresAt when it ends, however much it is used
 */
public record ConsoleSession(
        String id, String subject, List<Membership> memberships, TenantId tenant, Instant expiresAt) {
    public ConsoleSession {
        memberships = List.copyOf(memberships);
    }

    /** The person at work in the tenant that the session is in. */
    public Actor actor() {
        return actor(tenant).orElseThrow();
    }

    /** The person at work in a tenant; empty where it is not one of theirs. */
    public Optional<Actor> actor(TenantId wanted) {
        return membership(wanted).map(membership -> Visitor.actor(subject, membership));
    }

    Optional<Membership> membership(TenantId wanted) {
        return memberships.stream()
                .filter(membership -> membership.tenant().equals(wanted))
                .findFirst();
    }
}
