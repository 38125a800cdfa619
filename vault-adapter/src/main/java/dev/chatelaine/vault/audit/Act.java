package dev.chatelaine.vault.audit;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.TenantId;
import java.time.Instant;

/**
 * What an event is to tell of.
 *
 * @param actor who acted
 * @param action what they did: {@code session.reveal}
 * @param target to what: a name or an id, never a value
 */
public record Act(Actor actor, String action, String target) {

    AuditEvent event(TenantId tenant, long sequence, Instant at, Outcome outcome) {
        if (!actor.tenant().equals(tenant)) {
            throw new IllegalArgumentException("the acts of one call are of one tenant");
        }
        return new AuditEvent(
                tenant,
                sequence,
                at,
                actor.subject(),
                actor.channel().label(),
                actor.client(),
                action,
                target,
                outcome);
    }
}
